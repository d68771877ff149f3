"""Which packages an application can't do without: those that it reaches by hard dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.proving.node_package import MANIFEST, folder_of, read_package
from bedplate.proving.platform_names import parse_platform

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.proving.application import Application
    from bedplate.proving.node_package import NodePackage

_MAX_MANIFESTS = 1_000


def direct_names(application: Application) -> frozenset[str]:
    """Give the names that the application's own manifests depend on.

    Args:
        application: with package.json outside of node_modules.
    """
    paths = (
        path
        for path in application.entries
        if path.endswith(f"/{MANIFEST}") and not folder_of(path)
    )
    names: set[str] = set()
    for _, path in zip(range(_MAX_MANIFESTS), paths, strict=False):
        names.update(read_package(path[: -len(MANIFEST) - 1], application).hard)
    return frozenset(names)


def optional_names(packages: Iterable[NodePackage], direct: frozenset[str]) -> frozenset[str]:
    """Give the names of packages that are there for optional dependencies alone.

    A package for a platform is as optional as the package that it is a part of.

    Args:
        packages: all that are installed.
        direct: names that the application itself depends on.
    """
    hard: dict[str, set[str]] = {}
    optional: set[str] = set()
    for package in packages:
        parts = {name for name in package.optional if parse_platform(name).linux}
        hard.setdefault(package.name, set()).update(package.hard, parts)
        optional.update(name for name in package.optional if name not in parts)
    named = optional.union(*hard.values())
    roots = direct | (hard.keys() - named)
    return frozenset(_reached(optional, hard) - _reached(roots, hard))


def _reached(names: Iterable[str], needs: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in needs and name not in found:
            found.add(name)
            waiting += needs[name]
    return found
