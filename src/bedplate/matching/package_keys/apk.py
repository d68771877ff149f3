"""Packages of Alpine, Wolfi and Chainguard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.look_up import Ask, LookUp, NoLookUp
from bedplate.matching.third_parties import third_party

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "apk"

# Alpine builds and names subpackages after their origin; Wolfi speaks of either.
_BY_EITHER_NAME = ("apk:wolfi", "apk:chainguard")


def look_up(package: Package, namespace: str, /) -> LookUp | NoLookUp:
    """Take the origin, whose version subpackages share.

    Source: wiki.alpinelinux.org, "Apk spec", field `o:` of the installed database.
    """
    if not namespace.startswith("apk:"):
        return NoLookUp("no advisories for this distribution")
    owner = third_party(package, namespace)
    if owner:
        return NoLookUp(f"not of the distribution but of {owner}", foreign=True)
    name = package.source_name or package.name
    names = dict.fromkeys((package.name, name) if namespace in _BY_EITHER_NAME else (name,))
    asks = tuple(Ask(one, package.version) for one in names)
    return LookUp(namespace, name, package.version, asks)
