"""RPM packages of Red Hat Enterprise Linux and its likes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.matching.look_up import Ask, LookUp, NoLookUp
from bedplate.matching.purl import qualifier
from bedplate.matching.third_parties import third_party

if TYPE_CHECKING:
    from bedplate.model.package import Package

TYPE = "rpm"

_MODULAR = re.compile(r"\.module[+_]el\d")


def look_up(package: Package, namespace: str, /) -> LookUp | NoLookUp:
    """Ask for the package itself, which errata name, and for its source, which states name.

    A package of a module is held against rows of its own stream only.

    Source: Red Hat, "Security data API" (`package_state`); rpm tag MODULARITYLABEL.
    """
    if not namespace.startswith("rpm:"):
        return NoLookUp("no advisories for this distribution")
    owner = third_party(package, namespace)
    if owner:
        return NoLookUp(f"not of the distribution but of {owner}", foreign=True)
    label = qualifier(package.purl, "modularitylabel") or qualifier(package.purl, "rpmmod")
    module = ":".join(label.split(":")[:2])
    if _MODULAR.search(package.version) and not module:
        return NoLookUp("from a module whose stream is not told")
    source = package.source_name or package.name
    version = _with_epoch(package.version, qualifier(package.purl, "epoch"))
    source_version = _with_epoch(package.source_version, qualifier(package.purl, "epoch"))
    asks = [Ask(package.name, version)]
    if source != package.name:
        asks.append(Ask(source, source_version or version, is_source=True))
    if module:
        asks.append(Ask(f"{module}/{source}", version, is_source=True))
    return LookUp(namespace, source, source_version or version, tuple(asks), module)


def _with_epoch(version: str, epoch: str) -> str:
    """Put an epoch in front that only the package URL tells."""
    return f"{epoch}:{version}" if version and epoch and ":" not in version else version
