"""Where a user's package indexes are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = ("debian", "ubuntu", "alpine")
_MAX_URL = 2000
_MAX_MIRRORS = 10


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """The table `[lint.packages]` of bedplate.toml.

    Args:
        mirrors: addresses of package mirrors by distribution, without a slash at their ends: the
            one that has the releases themselves, then those that add to them, as the archives of
            security fixes do.
    """

    mirrors: Mapping[str, tuple[str, ...]]


def read_package_settings(table: object) -> PackageSettings:
    """Check the table `[lint.packages]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value that is neither an address nor a
            list of them; names the key.
    """
    if not isinstance(table, dict):
        raise InvalidConfiguration("lint.packages is not a table", "write [lint.packages]")
    return PackageSettings({key: _mirrors(key, value) for key, value in table.items()})


def _mirrors(key: str, value: Any) -> tuple[str, ...]:
    if key not in _KEYS:
        raise InvalidConfiguration(
            f"unknown key lint.packages.{key[:100]}", f"known: {', '.join(_KEYS)}"
        )
    mirrors = value if isinstance(value, list) else [value]
    if not 0 < len(mirrors) <= _MAX_MIRRORS:
        raise InvalidConfiguration(
            f"lint.packages.{key} is not an address or a list of 1 to {_MAX_MIRRORS}"
        )
    return tuple(dict.fromkeys(_mirror(key, one) for one in mirrors))


def _mirror(key: str, value: Any) -> str:
    usable = isinstance(value, str) and value.isprintable() and len(value) <= _MAX_URL
    if not usable or not value.startswith(("http://", "https://")) or " " in value:
        raise InvalidConfiguration(f"lint.packages.{key} is not an http or https address")
    return str(value).rstrip("/")
