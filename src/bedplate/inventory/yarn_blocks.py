"""The entries of a `yarn.lock`, of Yarn 1 and of Yarn 2 and later ("berry")."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class YarnBlock:
    """One entry: what was asked for, and what was found.

    Args:
        specifiers: `name@range`, as often as it was asked for.
        fields: its plain fields, such as `version`, `resolved`, `conditions`.
        needs: range by name of what it needs.
        optional: names of what it can do without.
    """

    specifiers: list[str]
    fields: dict[str, str] = field(default_factory=dict)
    needs: dict[str, str] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)

    @property
    def is_workspace(self) -> bool:
        """Whether it is a part of the project itself."""
        return "@workspace:" in self.fields.get("resolution", "")


def yarn_blocks(path: str, source: str) -> Iterator[YarnBlock]:
    """Read a lock file of Yarn.

    Args:
        path: named in the error.
        source: the whole file.

    Raises:
        InvalidDocument: a line that no version of Yarn writes.

    Source: Yarn documentation, "yarn.lock".
    """
    block: YarnBlock | None = None
    above: list[str] = []
    for number, line in enumerate(source.split("\n"), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        depth = (len(line) - len(line.lstrip(" "))) // 2
        if block is None if depth else not stripped.endswith(":"):
            raise InvalidDocument(f"{path}: not a yarn lock file at line {number}")
        if depth and block is not None:
            key, value = _field(stripped)
            above = [*above[: depth - 1], key]
            _add(block, above, value)
            continue
        if block is not None:
            yield block
        specifiers = stripped[:-1].replace('"', "").split(",")
        block, above = YarnBlock([one.strip() for one in specifiers]), []
    if block is not None:
        yield block


def _add(block: YarnBlock, path: list[str], value: str) -> None:
    """Put a line where it belongs: `version`, `dependencies/a`, `dependenciesMeta/a/optional`."""
    match path:
        case [field_name]:
            block.fields[field_name] = value
        case ["dependencies", name]:
            block.needs[name] = value
        case ["optionalDependencies", name]:
            block.needs[name] = value
            block.optional.add(name)
        case ["dependenciesMeta", name, "optional"] if value == "true":
            block.optional.add(name)
        case _:
            pass


def _field(line: str) -> tuple[str, str]:
    """Split `key "value"` (Yarn 1) or `"key": value` (berry)."""
    if line.startswith('"'):
        key, _, value = line[1:].partition('"')
    else:
        key, _, value = line.partition(" ")
    return key.rstrip(":"), value.lstrip(":").strip().strip('"')
