"""Debian packages, of Debian, Ubuntu and distroless images."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.matching.look_up import Ask, LookUp, NoLookUp
from bedplate.matching.third_parties import third_party

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "deb"

# `+b1`: built anew from the same source.
_BINARY_BUILD = re.compile(r"\+b\d+$")
# `1.2-3~deb12u1`, `1.2-3~bpo12+1`: 1.2-3, built for the release; what it fixes is fixed in them.
_REBUILD = re.compile(r"(.+)~(?:deb\d+u\d+|bpo\d+\+\d+)")
_BACKPORT = re.compile(r"~bpo\d+\+\d+$")


def look_up(package: Package, namespace: str, /) -> LookUp | NoLookUp:
    """Take the source package: its name, and its version, which may differ.

    Source: deb-control(5), "Source"; Debian Developer's Reference, 5.10.2.1 (binNMU) and
    5.5.1 (special case: uploads to the stable distributions).
    """
    if not namespace.startswith("deb:"):
        return NoLookUp("no advisories for this distribution")
    owner = third_party(package, namespace)
    if owner:
        return NoLookUp(f"not of the distribution but of {owner}", foreign=True)
    name = package.source_name or package.name
    version = package.source_version or _BINARY_BUILD.sub("", package.version)
    note = rebuilt = ""
    if "~" in version:
        note = "a backport" if _BACKPORT.search(version) else ""
        rebuild = _REBUILD.fullmatch(version)
        rebuilt = rebuild[1] if rebuild else ""
    asked = Ask(name, version, rebuilt=rebuilt)
    return LookUp(namespace, name, version, (asked,), note=note)
