"""Ruby gems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "gem"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the name as it is; a platform (`1.2-x86_64-linux`) is none of the version."""
    return simple("gem", package.name, package.version.partition("-")[0])
