"""One package once: lock files name the same version in several places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.package import Package


def merge(packages: Iterable[Package]) -> list[Package]:
    """Fold equal packages of one file into one each, in the order of their first mention.

    A package is direct when one mention says so, and for development only when all do.
    """
    merged: dict[tuple[str, str, str, str], Package] = {}
    for package in packages:
        key = (package.type, package.name, package.version, package.purl)
        known = merged.get(key)
        if known is None:
            merged[key] = package
            continue
        told = [p.direct for p in (known, package) if p.direct is not None]
        merged[key] = replace(
            known,
            direct=any(told) if told else None,
            development=known.development and package.development,
            licenses=known.licenses or package.licenses,
        )
    return list(merged.values())
