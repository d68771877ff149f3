"""Where packages are installed and where they run: what a lock file is judged against."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Mapping

LINUX_AMD64 = Platform("linux", "amd64")


@dataclass(frozen=True, slots=True)
class InstallTarget:
    """A base as package managers and install scripts see it.

    None stands for what is not known.

    Args:
        platform: whose builds are taken.
        libc: `glibc` or `musl`; empty when it has none, so that only static programs run.
        libc_version: `2.36`, `1.2.5`; empty when not known.
        runtimes: version by name of the runtimes that load packages: `node`, `python`.
        node_api: Node-API version that its Node.js offers; 0 when not known.
        commands: names of the programs that can be started: `sh`, `cc`, `python3`.
        libraries: sonames of its shared libraries.
        package_format: `apk`, `deb` or empty: whose package names help.
        alpine: whether it has `/etc/alpine-release`, by which many loaders tell musl.
        installed_on: where the packages are installed, when not on this base: its own files
            are copied here afterwards.
        scripts: whether install scripts run.
        downloads: whether install scripts can fetch files from wherever they want.
    """

    platform: Platform = LINUX_AMD64
    libc: str = "glibc"
    libc_version: str = ""
    runtimes: Mapping[str, str] = field(default_factory=dict)
    node_api: int = 0
    commands: frozenset[str] | None = None
    libraries: frozenset[str] | None = None
    package_format: str = ""
    alpine: bool | None = None
    installed_on: InstallTarget | None = None
    scripts: bool = True
    downloads: bool | None = None

    @property
    def place(self) -> InstallTarget:
        """Where the packages are installed."""
        return self.installed_on or self

    @property
    def here(self) -> InstallTarget:
        """The same base with the packages installed on it."""
        return replace(self, installed_on=None)

    def __str__(self) -> str:
        libc = f"{self.libc or 'no C library'} {self.libc_version}".strip()
        return f"{self.platform}, {libc}"
