"""Language packages and runtimes that a distribution packages: its word counts for them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.matching.release import SYSTEM_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.package import Package
    from bedplate.model.runtime import Runtime

# Where only a distribution's packages put things. Source: Debian Python Policy, 3.1; Debian
# JavaScript Policy.
_DISTRIBUTION_FOLDERS = re.compile(
    r"usr/lib/python3/dist-packages/|usr/share/(?:nodejs|python-wheels|rubygems-integration)/"
)
_PYTHON_OF_RPM = re.compile(r"usr/lib(?:64)?/python\d[\d.]*/site-packages/")
# Where distributions put them, and also pip and npm when they run as root.
_SHARED_FOLDERS = re.compile(
    r"usr/lib(?:64)?/(?:python\d[\d.]*/site-packages|node_modules|ruby/gems)/"
)
_PREFIXES = ("python3-", "py3-", "python-", "node-", "ruby-", "nodejs-", "")
# runtimes whose packages have another name
_PACKAGES = {"java": "openjdk", "go": "golang"}
_WORD = re.compile(r"[-_.]+")


class SystemFiles:
    """What the packages of a distribution own.

    Args:
        packages: system packages, each with whether it is the distribution's own.
    """

    def __init__(self, packages: Iterable[tuple[Package, bool]]) -> None:
        own: list[Package] = []
        foreign: list[Package] = []
        for package, is_own in packages:
            (own if is_own else foreign).append(package)
        self._own, self._foreign = own, foreign

    @cached_property
    def _files(self) -> set[str]:
        return {path for package in self._own for path in package.files}

    @cached_property
    def _foreign_files(self) -> set[str]:
        return {path for package in self._foreign for path in package.files}

    @cached_property
    def _names(self) -> set[str]:
        return _plain_names(self._own)

    @cached_property
    def _foreign_names(self) -> set[str]:
        return _plain_names(self._foreign)

    @cached_property
    def _has_rpm(self) -> bool:
        return any(package.type == "rpm" for package in (*self._own, *self._foreign))

    def own(self, package: Package) -> bool:
        """Tell whether a language package is part of a distribution's package.

        Where no package lists its files, its place and name have to do.
        """
        place = package.location.lstrip("/")
        if package.type in SYSTEM_TYPES or not self._own or not place:
            return False
        if self._files or self._foreign_files:
            return place in self._files
        # Fedora and its likes make pip install to /usr/local
        folders = _PYTHON_OF_RPM if self._has_rpm else _DISTRIBUTION_FOLDERS
        if folders.match(place):
            return True
        return bool(_SHARED_FOLDERS.match(place)) and self._is_named_like(package, place)

    def own_runtime(self, runtime: Runtime) -> bool:
        """Tell whether a runtime is the distribution's own."""
        if not runtime.packaged and not self._has_program(runtime):
            return False
        if self._files or self._foreign_files:
            return runtime.path.lstrip("/") not in self._foreign_files
        return not any(name.startswith(runtime.name) for name in self._foreign_names)

    def _has_program(self, runtime: Runtime) -> bool:
        """Tell whether a runtime of which no place is known is a package of this very version."""
        if runtime.path or not runtime.version:
            return False
        front = _PACKAGES.get(runtime.name, runtime.name)
        return any(
            package.name.startswith(front) and _is_build_of(runtime.version, package.version)
            for package in self._own
        )

    def _is_named_like(self, package: Package, place: str) -> bool:
        if "/node_modules/npm/" in place:
            return not self._names.isdisjoint(("npm", "nodejs-npm"))
        name = _plain(package.name)
        versioned = re.match(r"usr/lib(?:64)?/(python\d[\d.]*)/", place)
        fronts = (*_PREFIXES, f"{versioned[1].replace('.', '-')}-") if versioned else _PREFIXES
        return any(_plain(front + name) in self._names for front in fronts)


def _plain_names(packages: Iterable[Package]) -> set[str]:
    names = {name for package in packages for name in (package.name, package.source_name)}
    return {_plain(name) for name in names if name}


def _is_build_of(upstream: str, version: str) -> bool:
    """Tell whether a package's version is that of upstream, with an epoch and a revision."""
    plain = version.rpartition(":")[2]
    return plain.startswith(upstream) and not plain[len(upstream) :][:1].isdigit()


def _plain(name: str) -> str:
    return _WORD.sub("-", name).lower()
