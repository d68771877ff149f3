"""Packages that a tool brings along: its user can update the tool, not them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.package import Package

# The folder of a tool that carries its dependencies inside of it.
_TOOL = re.compile(
    r"(?P<root>(?:.*/)?lib/node_modules/(?P<name>npm|corepack|yarn|pnpm)|opt/(?P<yarn>yarn)-v[^/]*)"
    r"/(?P<rest>.+)"
)
_VENDORED = re.compile(
    r"(?P<root>.*/(?:site|dist)-packages)/(?P<name>pip|setuptools|pkg_resources)/_vendor/.+"
)


class Bundles:
    """The tools of an image that bring packages along.

    Args:
        packages: all packages, those of the tools among them.
    """

    def __init__(self, packages: Iterable[Package]) -> None:
        self._versions: dict[tuple[str, str], str] = {}
        for package in packages:
            if package.type == "npm":
                folder = package.location.rpartition("/")[0]
                self._versions[folder, package.name] = package.version
            elif package.type == "pypi":
                folder = package.location.rpartition("/")[0].rpartition("/")[0]
                self._versions[folder, package.name.lower()] = package.version

    def of(self, package: Package) -> str:
        """Name the tool that carries a package, `npm@10.8.2`; empty when none does."""
        place = package.location
        if package.type == "npm" and (found := _TOOL.fullmatch(place)):
            if "/node_modules/" not in f"/{found['rest']}":
                return ""  # the tool itself
            name = found["name"] or found["yarn"]
            return self._titled(found["root"], name)
        if package.type == "pypi" and (found := _VENDORED.fullmatch(place)):
            return self._titled(found["root"], found["name"])
        return ""

    def _titled(self, folder: str, name: str) -> str:
        version = self._versions.get((folder, name), "")
        return f"{name}@{version}" if version else name
