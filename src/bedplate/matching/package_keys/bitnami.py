"""Components of Bitnami images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "bitnami"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the name as it is."""
    return simple("bitnami", package.name, package.version)
