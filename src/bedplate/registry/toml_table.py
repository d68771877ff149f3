"""Reading TOML tables field by field; every error names the file and the field."""

from __future__ import annotations

import math
import tomllib
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_MAX_TABLES = 10_000


class TomlTable:
    """A table, read field by field; what is left out gives the default.

    Args:
        fields: as the TOML parser gives them.
        name: of the file, for messages.
        path: of the table within the file, empty for the file itself.
    """

    def __init__(self, fields: Mapping[str, Any], name: str, path: str = "") -> None:
        self._fields = fields
        self.name = name
        self._path = path

    @classmethod
    def parse(cls, text: str, name: str) -> TomlTable:
        """Read a file.

        Raises:
            InvalidConfiguration: not TOML; says where.
        """
        try:
            return cls(tomllib.loads(text), name)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise InvalidConfiguration(f"{name}: not TOML: {error}") from error

    def __contains__(self, field: str) -> bool:
        return field in self._fields

    def text(self, field: str, default: str = "") -> str:
        """Give a text."""
        value = self._fields.get(field, default)
        if not isinstance(value, str) or not value.isprintable():
            raise self.refuse(field, "must be a text of one line")
        return value

    def flag(self, field: str) -> bool:
        """Give true or false, false when it is left out."""
        value = self._fields.get(field, False)
        if not isinstance(value, bool):
            raise self.refuse(field, "must be true or false")
        return value

    def number(self, field: str, default: float, largest: float) -> float:
        """Give a number from 0 to `largest`."""
        value = self._fields.get(field, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise self.refuse(field, "must be a number")
        if not 0 <= value <= largest:
            raise self.refuse(field, f"must be from 0 to {largest:g}")
        return value

    def table(self, field: str) -> TomlTable:
        """Give a table, empty when it is left out."""
        value = self._fields.get(field, {})
        if not isinstance(value, dict):
            raise self.refuse(field, "must be a table")
        return TomlTable(value, self.name, self._at(field))

    def items(self, field: str) -> list[TomlTable | str]:
        """Give a list of tables and texts, such as an array of tables `[[field]]`."""
        values = self._fields.get(field, [])
        if not isinstance(values, list) or len(values) > _MAX_TABLES:
            raise self.refuse(field, f"must be a list of at most {_MAX_TABLES}")
        read: list[TomlTable | str] = []
        for number, value in enumerate(values):
            if isinstance(value, dict):
                read.append(TomlTable(value, self.name, f"{self._at(field)}[{number}]"))
            elif isinstance(value, str) and value.isprintable():
                read.append(value)
            else:
                raise self.refuse(f"{field}[{number}]", "must be a table or a text")
        return read

    def texts(self, field: str) -> list[str]:
        """Give a list of texts."""
        read = [item for item in self.items(field) if isinstance(item, str)]
        if len(read) != len(self._fields.get(field, [])):
            raise self.refuse(field, "must hold texts only")
        return read

    def tables(self, field: str) -> list[TomlTable]:
        """Give an array of tables."""
        read = [item for item in self.items(field) if isinstance(item, TomlTable)]
        if len(read) != len(self._fields.get(field, [])):
            raise self.refuse(field, "must hold tables only")
        return read

    def refuse_others(self, known: Collection[str]) -> None:
        """Raise when there is a field that nobody reads: most likely a slip of the pen."""
        for field in self._fields:
            if field not in known:
                raise InvalidConfiguration(
                    f"{self.name}: unknown field {self._at(field)[:100]}",
                    f"known: {', '.join(sorted(known))}",
                )

    def refuse(self, field: str, reason: str) -> InvalidConfiguration:
        """Make the error for a field."""
        return InvalidConfiguration(f"{self.name}: {self._at(field)} {reason}")

    def _at(self, field: str) -> str:
        return f"{self._path}.{field}" if self._path else field
