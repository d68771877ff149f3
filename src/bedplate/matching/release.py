"""Which distribution's advisories speak of a package."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.advisories.namespaces import namespace_of_distro
from bedplate.distros.codenames import release_of
from bedplate.matching.purl import qualifier
from bedplate.model.distro_release import DistroRelease

if TYPE_CHECKING:
    from bedplate.model.package import Package

SYSTEM_TYPES = frozenset(("deb", "apk", "rpm"))


def namespace_of(package: Package, distro: DistroRelease | None) -> str:
    """Give the namespace of a system package; empty when no advisories speak of it.

    Args:
        package: of a type in `SYSTEM_TYPES`; its package URL may name the release.
        distro: of the image; None to go by the package alone.
    """
    if distro is not None:
        return _namespace_of_release(distro)
    return _namespace_of_qualifier(qualifier(package.purl, "distro"))


@lru_cache(maxsize=256)
def _namespace_of_release(distro: DistroRelease) -> str:
    version = distro.version
    if not any(letter.isdigit() for letter in version):  # `trixie/sid`, before it was released
        version = _release(distro.codename or version.partition("/")[0]) or version
    return namespace_of_distro(replace(distro, version=version))


@lru_cache(maxsize=256)
def _namespace_of_qualifier(distro: str) -> str:
    """Read `debian-12`, `alpine-3.22.1`, `ubuntu-noble`."""
    name, _, version = distro.rpartition("-") if "-" in distro else (distro, "", "")
    version = _release(version) or version
    return namespace_of_distro(DistroRelease(id=name.lower(), name=name, version=version))


def _release(codename: str) -> str:
    """Give the number of a release that SBOMs, or images from before it, name by its code name."""
    known = release_of(codename)
    return known[1] if known else ""
