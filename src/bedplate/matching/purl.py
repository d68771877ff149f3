"""Package URLs as patterns: what a VEX statement or an ignore entry names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.model.package_url import PackageUrl, parse_package_url

if TYPE_CHECKING:
    from bedplate.model.package import Package

# Qualifiers that tell packages apart; others say where a copy came from.
_TELLING = ("arch", "distro", "epoch")
_SOURCES = ("source", "src")


@lru_cache(maxsize=16384)
def parse_purl(text: str) -> PackageUrl | None:
    """Take a package URL apart, once each: see `parse_package_url`."""
    return parse_package_url(text)


def qualifier(purl: str, name: str) -> str:
    """Give a qualifier of a package URL; empty when it has none of this name."""
    parsed = parse_purl(purl)
    return parsed.qualifier(name) if parsed else ""


def covers(pattern: PackageUrl, package: Package) -> bool:
    """Tell whether a package URL names a package.

    A version, a namespace or a qualifier that it leaves out may be any. One with the
    architecture `source` names the source package.
    """
    qualifiers = dict(pattern.qualifiers)
    if pattern.type in ("deb", "rpm", "apk") and qualifiers.get("arch") in _SOURCES:
        source = package.source_name or package.name
        version = package.source_version or package.version
        return (
            pattern.type == package.type
            and pattern.name == source
            and pattern.version in ("", version)
        )
    own = parse_purl(package.purl)
    if own is None:
        own = PackageUrl(package.type, "", package.name, package.version, ())
        if pattern.namespace and f"{pattern.namespace}/{pattern.name}" == package.name:
            own = own._replace(namespace=pattern.namespace, name=pattern.name)
    stated = dict(own.qualifiers)
    return (
        (pattern.type, pattern.name) == (own.type, own.name)
        and pattern.namespace in ("", own.namespace)
        and pattern.version in ("", own.version, package.version)
        and all(qualifiers.get(key) in (None, stated.get(key)) for key in _TELLING if key in stated)
    )
