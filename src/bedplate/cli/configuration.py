"""bedplate.toml: found, read, and its top level checked."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "bedplate.toml"
TABLES = ("registry", "lint", "scan", "db", "update", "check", "advise")
_MAX_BYTES = 1024 * 1024


def find_configuration(folder: Path) -> Path | None:
    """Look for bedplate.toml in a folder and those above it, the nearest first."""
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        path = place / FILE_NAME
        if path.is_file():
            return path
    return None


def read_configuration(path: Path) -> dict[str, Any]:
    """Read a configuration file.

    Returns:
        its tables by name, all of them known; what is in them is for their rooms to check.

    Raises:
        InvalidConfiguration: not there, not TOML, or with a table that nobody knows.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise InvalidConfiguration(f"{path}: {error.strerror or error}") from error
    if len(content) > _MAX_BYTES:
        raise InvalidConfiguration(f"{path} is larger than {_MAX_BYTES} bytes")
    try:
        tables = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidConfiguration(f"{path}: not TOML: {error}") from error
    for name in tables:
        if name not in TABLES:
            raise InvalidConfiguration(
                f"{path}: unknown table [{name}]", f"known: {', '.join(TABLES)}"
            )
    return tables
