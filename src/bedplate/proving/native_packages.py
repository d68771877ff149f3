"""The table of what lock files do not tell: which builds a package carries, what its script does.

The general mechanism comes first: this is asked for packages whose lock file leaves it open.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bedplate.versions import in_range

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).parent / "data" / "native_packages.toml"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class KnownPackage:
    """A row of the table; the meaning of its fields stands at the top of the file.

    Empty or None where the table says nothing.
    """

    ecosystem: str
    name: str
    source: str
    dated: str
    versions: str = ""
    carries: str = ""
    install: str = ""
    loads: str = ""
    downloads: tuple[str, ...] | None = None
    optional: str = ""
    glibc: str = ""
    node_api: int = 0
    libraries: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    apk: tuple[str, ...] = ()
    deb: tuple[str, ...] = ()
    headers: bool = False
    note: str = ""

    @property
    def provided_by(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Names of packages by the format of a distribution."""
        return tuple(
            (kind, names) for kind, names in (("apk", self.apk), ("deb", self.deb)) if names
        )

    @property
    def is_self_contained(self) -> bool:
        """Whether compiling it takes a compiler and no headers of other libraries."""
        named = any(name.endswith(("-dev", "-devel")) for name in (*self.apk, *self.deb))
        needy = self.headers or named or bool(self.libraries)
        return self.install in ("compile", "download") and not needy

    @property
    def shown(self) -> str:
        """Where this is known from, for people."""
        return f"known of it ({self.source}, {self.dated})"


def known_package(ecosystem: str, name: str, version: str) -> KnownPackage | None:
    """Look a package up.

    Args:
        ecosystem: purl type.
        name: the ecosystem's own spelling.
        version: empty when not known: then only what holds for all versions is found.
    """
    for row in known_packages().get((ecosystem, name.lower()), ()):
        if not row.versions:
            return row
        if version and in_range(ecosystem, version, row.versions, prereleases=True):
            return row
    return None


def is_optional_native(ecosystem: str, name: str, version: str) -> bool:
    """Tell whether whoever needs a package does without its native code, if slower."""
    row = known_package(ecosystem, name, version)
    return row is not None and bool(row.optional)


@cache
def known_packages() -> Mapping[tuple[str, str], tuple[KnownPackage, ...]]:
    """Read the table: rows by ecosystem and name, as they stand in it."""
    found: dict[tuple[str, str], tuple[KnownPackage, ...]] = {}
    for fields in tomllib.loads(_FILE.read_text(encoding="utf-8"))["package"]:
        names = fields.pop("names", None) or [fields.pop("name")]
        plain = {field: _plain(value) for field, value in fields.items()}
        for name in names:
            row = KnownPackage(name=name, **plain)
            key = (row.ecosystem, name.lower())
            found[key] = (*found.get(key, ()), row)
    return found


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
