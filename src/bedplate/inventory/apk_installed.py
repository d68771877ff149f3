"""The database of Alpine's package manager.

Source: Alpine wiki, "Apk spec", "Installed Database V2".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_PACKAGES = 100_000


@dataclass(slots=True)
class ApkRecord:
    """One package.

    Args:
        fields: letter to value, of the lines before the first folder.
        folders: as listed.
        numbers: of each file, the index of its folder.
        names: of each file, its name.
    """

    fields: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def records(path: str, content: bytes) -> Iterator[ApkRecord | Skipped]:
    """Walk the packages, each with a name (`P`) and a version (`V`).

    Args:
        path: named in what is skipped.
        content: the file.

    Raises:
        LimitExceeded: more packages than any distribution has.
    """
    broken = 0
    text = content.decode("utf-8", "surrogateescape")
    for number, block in enumerate(text.split("\n\n")):
        if number >= _MAX_PACKAGES:
            raise LimitExceeded(f"{path}: more than {_MAX_PACKAGES} records")
        record = _record(block)
        if record.fields.get("P") and record.fields.get("V"):
            yield record
        elif block and not block.isspace():
            broken += 1
    if broken:
        yield Skipped(path, f"{broken} record(s) without a name or a version")


def _record(block: str) -> ApkRecord:
    record = ApkRecord()
    number = -1
    for line in block.split("\n"):
        start = line[:2]
        if start == "R:" and number >= 0:
            record.names.append(line[2:])
            record.numbers.append(number)
        elif start == "F:":
            record.folders.append(line[2:])
            number += 1
        elif number < 0 and start[1:] == ":":
            record.fields[start[0]] = line[2:].strip()
    return record
