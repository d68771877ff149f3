"""Python packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.namespaces import normalise
from bedplate.matching.look_up import LookUp, NoLookUp, simple

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "pypi"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Normalise the name. Source: PEP 503."""
    return simple("pypi", normalise("pypi", package.name), package.version)
