"""npm packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "npm"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the name as it is, scope included."""
    return simple("npm", package.name, package.version)
