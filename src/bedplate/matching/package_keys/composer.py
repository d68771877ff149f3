"""PHP packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.namespaces import normalise
from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "composer"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Fold the case of the name, which the registry ignores."""
    return simple("composer", normalise("composer", package.name), package.version)
