"""One order of packages for every document, and what tells two of them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.finding import Finding
    from bedplate.model.package import Package


def key_of(package: Package) -> tuple[str, ...]:
    """Give what tells a package from others, also from the same one at another place."""
    return (
        package.type,
        package.name,
        package.version,
        package.architecture,
        package.purl,
        package.location,
        package.inside,
    )


def in_order(packages: Iterable[Package]) -> list[Package]:
    """Sort packages by type, name, version and place; each once."""
    unique = {key_of(package): package for package in packages}
    return [unique[key] for key in sorted(unique)]


def with_found(packages: Iterable[Package] | None, findings: Iterable[Finding]) -> list[Package]:
    """Add to the packages of an image those that only findings name, as runtimes."""
    return in_order([*(packages or ()), *(p for one in findings for p in one.packages)])
