"""What a lock file says of a package that decides where it can run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class LockedFile:
    """A file that a package is installed from.

    Args:
        name: `numpy-2.4.1-cp312-cp312-musllinux_1_2_x86_64.whl`; may be empty.
        url: where it is; empty when the lock file does not say.
        integrity: its digest, as `sha256:HEX` or `sha512-BASE64`; empty when not said.
        size: in bytes; None when not said.
    """

    name: str
    url: str = ""
    integrity: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class LockedPackage:
    """One package of a lock file.

    Args:
        ecosystem: purl type: `npm`, `pypi`, `gem`, `golang`, `cargo`, `maven`.
        name: the ecosystem's own spelling.
        version: empty when the lock file does not say.
        key: where it stands in the lock file: `node_modules/a/node_modules/b`.
        needs: key of each package that it needs, by name; empty key: not in the lock file.
        optional_needs: the same of those that it can do without.
        systems, processors, libcs: npm: `os`, `cpu` and `libc`, empty when it runs on all.
        says_libc: npm: whether this lock file would hold `libc` if the package had it.
        install_script: None when the lock file does not tell.
        allowed: npm: whether its install script may run; None when nobody said.
        direct: the project itself needs it; None when the lock file does not tell.
        optional: nothing breaks when it can't be installed.
        development: needed for development only.
        files: what it is installed from.
        every_file: whether `files` are all that its index has of this version.
        variants: gem: platforms that the lock file holds; `ruby` is the source.
        marker: pypi: the environments in which it is wanted; empty: in all.
        notes: more that the lock file or its neighbours say, such as `CGO_ENABLED=0`; gem: the
            platforms that the lock file is for.
    """

    ecosystem: str
    name: str
    version: str
    key: str = ""
    needs: Mapping[str, str] | None = None
    optional_needs: Mapping[str, str] | None = None
    systems: tuple[str, ...] = ()
    processors: tuple[str, ...] = ()
    libcs: tuple[str, ...] = ()
    says_libc: bool = True
    install_script: bool | None = None
    allowed: bool | None = None
    direct: bool | None = None
    optional: bool = False
    development: bool = False
    files: tuple[LockedFile, ...] = ()
    every_file: bool = False
    variants: tuple[str, ...] = ()
    marker: str = ""
    notes: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """`sharp 0.33.5`."""
        return f"{self.name} {self.version}".strip()


@dataclass(frozen=True, slots=True)
class LockedProject:
    """A lock file that was read.

    Args:
        path: from the project's folder.
        source: of which kind it is: `npm lock file`.
        packages: by key.
        skipped: what could not be read in it.
    """

    path: str
    source: str
    packages: Mapping[str, LockedPackage]
    skipped: tuple[Skipped, ...] = ()
