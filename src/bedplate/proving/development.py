"""Packages that only development needs, for lock files that do not mark them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.inventory.dependency_graph import reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.locked_package import LockedPackage


def mark_development(
    packages: Iterable[LockedPackage], production: Iterable[str], *, told: bool = True
) -> Iterator[LockedPackage]:
    """Mark what nothing but development leads to.

    Args:
        packages: of a lock file.
        production: keys of what the project needs to run.
        told: whether the lock file says what the project needs at all.
    """
    every = {one.key: one for one in packages}
    reached = reach(production, lambda key: _needs(every.get(key)))
    for key, one in every.items():
        yield replace(one, development=told and key not in reached)


def _needs(package: LockedPackage | None) -> Iterator[str]:
    if package is not None:
        for needs in (package.needs, package.optional_needs):
            yield from (key for key in (needs or {}).values() if key)
