"""Components of Bitnami images."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "bitnami"

_REVISION = re.compile(r"-\d+$")


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the name, and the version without the revision of the image: `22.1.0-0`."""
    return simple("bitnami", package.name, _REVISION.sub("", package.version))
