"""The table `[db]` of bedplate.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.cli.configuration import find_configuration, read_configuration
from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from bedplate.cli.world import World

_KEYS = ("mirrors",)


def db_mirrors(arguments: argparse.Namespace, world: World) -> dict[str, str]:
    """Read the mirrors of feeds from bedplate.toml; none when there is no such file.

    Raises:
        InvalidConfiguration: names the file and the key.
    """
    named: str | None = arguments.config
    path = world.folder / named if named else find_configuration(world.folder)
    if path is None:
        return {}
    table = read_configuration(path).get("db", {})
    if not isinstance(table, dict):
        raise InvalidConfiguration(f"{path}: db is not a table", "write [db]")
    return read_mirrors(table, path)


def read_mirrors(table: Mapping[str, Any], file: Path) -> dict[str, str]:
    """Read `mirrors`: beginnings of feeds' addresses, and what to put there.

    Args:
        table: `[db]`.
        file: where it is from, for errors.

    Raises:
        InvalidConfiguration: names the file and the key.
    """
    for key in table:
        if key not in _KEYS:
            raise InvalidConfiguration(f"{file}: unknown key {key} in [db]", "known: mirrors")
    mirrors = table.get("mirrors", {})
    if not isinstance(mirrors, dict) or not all(map(_is_address, (*mirrors, *mirrors.values()))):
        raise InvalidConfiguration(
            f"{file}: db.mirrors is not a table of addresses",
            'write mirrors = {"https://feed.example/" = "https://mirror.example/feed/"}',
        )
    return dict(mirrors)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))
