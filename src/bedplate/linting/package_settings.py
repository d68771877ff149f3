"""Where a user's package indexes are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEYS = ("debian", "ubuntu", "alpine")
_MAX_URL = 2000


@dataclass(frozen=True, slots=True)
class PackageSettings:
    """The table `[lint.packages]` of bedplate.toml.

    Args:
        mirrors: address of the package mirror by distribution, without a slash at its end.
    """

    mirrors: Mapping[str, str]


def read_package_settings(table: object) -> PackageSettings:
    """Check the table `[lint.packages]`.

    Raises:
        InvalidConfiguration: a key that nobody knows, or a value that is no address; names the
            key.
    """
    if not isinstance(table, dict):
        raise InvalidConfiguration("lint.packages is not a table", "write [lint.packages]")
    return PackageSettings({key: _mirror(key, value) for key, value in table.items()})


def _mirror(key: str, value: Any) -> str:
    if key not in _KEYS:
        raise InvalidConfiguration(
            f"unknown key lint.packages.{key[:100]}", f"known: {', '.join(_KEYS)}"
        )
    usable = isinstance(value, str) and value.isprintable() and len(value) <= _MAX_URL
    if not usable or not value.startswith(("http://", "https://")) or " " in value:
        raise InvalidConfiguration(f"lint.packages.{key} is not an http or https address")
    return str(value).rstrip("/")
