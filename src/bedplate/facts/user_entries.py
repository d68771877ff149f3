"""The user's own part of the catalog: a file with one entry a line."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument, StorageError
from bedplate.facts.entry import Entry, decode_entry, encode_entry
from bedplate.facts.snapshot import read_file
from bedplate.support.cache import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FILE = "catalog.jsonl"
MAX_ENTRIES = 10_000


class UserEntries:
    """What the user added or imported.

    Args:
        folder: where `catalog.jsonl` lives; made when first written. None: there is none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by its reference; empty when there is no file.

        Raises:
            InvalidDocument: a line can't be used; names the file and the line.
        """
        if self._path is None or not self._path.exists():
            return {}
        entries = decode_lines(read_file(self._path), str(self._path))
        return {entry.reference: entry for entry in entries}

    def put(self, entries: Iterable[Entry]) -> None:
        """Keep entries, in place of those for the same references.

        Raises:
            StorageError: there is no folder, or it can't be written; nothing was changed.
            InvalidDocument: what is there can't be read, or there would be too many.
        """
        if self._path is None:
            raise StorageError("there is no folder for your catalog", "set HOME or XDG_DATA_HOME")
        merged = dict(self.entries) | {entry.reference: entry for entry in entries}
        if len(merged) > MAX_ENTRIES:
            raise InvalidDocument(f"{self._path} would hold more than {MAX_ENTRIES} images")
        write_lines(self._path, (merged[reference] for reference in sorted(merged)))
        self.__dict__["entries"] = merged


def write_lines(path: Path, entries: Iterable[Entry]) -> None:
    """Write a file of entries, one a line; readers see the old or the new file.

    Raises:
        StorageError: the disk is full or read-only; the old file is untouched.
    """
    content = b"".join(encode_entry(entry) + b"\n" for entry in entries)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as error:
        raise StorageError(
            f"cannot write {path}: {error.strerror or error}", "free some space, or choose a path"
        ) from error


def decode_lines(content: bytes, where: str) -> list[Entry]:
    """Read a file of entries.

    Args:
        content: one entry a line; empty lines are passed over; the last line must be whole.
        where: the file, named in errors.

    Raises:
        InvalidDocument: names the file, the line and the field.
    """
    lines = content.splitlines()
    if content and not content.endswith(b"\n"):
        raise InvalidDocument(
            f"{where}:{len(lines)}: the last line is cut off", "export the catalog again"
        )
    entries = [
        decode_entry(line, f"{where}:{number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if len(entries) > MAX_ENTRIES:
        raise InvalidDocument(f"{where} holds more than {MAX_ENTRIES} images")
    return entries
