"""Java archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.look_up import LookUp, NoLookUp, simple
from bedplate.matching.purl import parse_purl

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "maven"


def look_up(package: Package, _namespace: str, /) -> LookUp | NoLookUp:
    """Name group and artifact: `group:artifact`."""
    name = package.name.replace("/", ":")
    parsed = parse_purl(package.purl)
    if ":" not in name and parsed and parsed.namespace:
        name = f"{parsed.namespace}:{parsed.name}"
    if ":" not in name:
        return NoLookUp("the archive does not name its group, so it may be any")
    # what is merged into another archive may be only a part of it, or patched
    note = "merged into another archive" if package.section == "shaded" else ""
    return simple("maven", name, package.version, note)
