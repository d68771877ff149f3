"""Programs that no package manager installed, as SBOMs of others list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.namespaces import CPE
from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "generic"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Take the name for the product of a CPE name; language runtimes are looked up as such."""
    return simple(CPE, package.name.lower(), package.version)
