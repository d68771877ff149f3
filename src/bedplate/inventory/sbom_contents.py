"""What is gathered while an SBOM is read: packages, distribution, what was not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.inventory.sbom_distro import distro_of
from bedplate.inventory.sbom_package import IMAGES
from bedplate.model.runtime import Runtime
from bedplate.model.sbom import Sbom
from bedplate.model.skipped import Skipped
from bedplate.runtimes.known import KNOWN

if TYPE_CHECKING:
    from bedplate.model.package import Package

_MOST_NAMED = 20  # components without a package URL that are named one by one
_WITHOUT = "no package URL, so nothing says what it is"
# names under which tools list runtimes that no package manager installed, where not ours
_RUNTIMES = {
    "nodejs": "node",
    "php-cli": "php",
    "php-fpm": "php",
    "openjdk": "java",
    "jdk": "java",
    "jre": "java",
    "golang": "go",
}
_KNOWN = {entry.NAME: entry for entry in KNOWN}


class SbomContents:
    """Gathers the components of one document."""

    def __init__(self) -> None:
        self.packages: list[Package] = []
        self.runtimes: dict[tuple[str, str], Runtime] = {}
        self.system = ("", "")  # id and version, where a component says so
        self.base_id = ""  # the distribution whose packages it holds, where that is another
        self._named: list[Skipped] = []
        self._without = 0

    def add(self, package: Package | None, title: str) -> None:
        """Take a component in; `title` names one that could not be made a package."""
        if package is None:
            self._without += 1
            if len(self._named) < _MOST_NAMED:
                self._named.append(Skipped(title[:200] or "a component", _WITHOUT))
        elif package.type == "generic" and _runtime_name(package) in _KNOWN:
            runtime = _runtime(package)
            self.runtimes.setdefault((runtime.name, runtime.version), runtime)
        elif package.type not in IMAGES:
            self.packages.append(package)

    def sbom(
        self,
        format_name: str,
        *,
        name: str = "",
        digest: str = "",
        tool: str = "",
        created: str = "",
    ) -> Sbom:
        """Give everything that was gathered."""
        rest = self._without - len(self._named)
        more = [Skipped(f"{rest} more components", _WITHOUT)] if rest else []
        release = distro_of(*self.system, (package.purl for package in self.packages))
        if release is not None and self.base_id:
            release = replace(release, base_id=self.base_id)
        return Sbom(
            format_name,
            tuple(self.packages),
            release,
            tuple(self.runtimes.values()),
            name,
            digest,
            tool,
            created,
            (*self._named, *more),
        )


def _runtime_name(package: Package) -> str:
    return _RUNTIMES.get(package.name, package.name)


def _runtime(package: Package) -> Runtime:
    entry = _KNOWN[_runtime_name(package)]
    cycle = entry.cycle(package.version)
    return Runtime(
        entry.NAME,
        entry.TITLE,
        package.version,
        package.location,
        "SBOM",
        eol_product=entry.EOL_PRODUCT if cycle else "",
        eol_cycle=cycle if entry.EOL_PRODUCT else "",
    )
