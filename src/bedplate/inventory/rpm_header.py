"""RPM headers: what the database keeps of one package.

Source: rpm.org, "RPM v4 package format" (index entries, types, region tags) and "RPM tags".
All numbers are big-endian.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from stat import S_ISDIR
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ENTRY = struct.Struct(">IIiI")  # tag, type, offset into the data, count
_MAX_ENTRIES = 0xFFFF  # HEADER_TAGS_MAX of rpm
_MAX_SIZE = 64 * 1024 * 1024  # bytes; a package of 100,000 files takes 20 MB
_MAX_COUNT = 1_000_000  # values of one tag

_CHAR, _INT8, _INT16, _INT32, _INT64 = 1, 2, 3, 4, 5
_STRING, _STRINGS, _TRANSLATED = 6, 8, 9
_NUMBERS = {_CHAR: ("B", 1), _INT8: ("B", 1), _INT16: ("H", 2), _INT32: ("I", 4), _INT64: ("Q", 8)}
_TEXTS = frozenset((_STRING, _STRINGS, _TRANSLATED))

_NAME, _VERSION, _RELEASE, _EPOCH = 1000, 1001, 1002, 1003
_SIZE, _LONG_SIZE = 1009, 5009
_VENDOR, _LICENSE, _GROUP, _ARCH = 1011, 1014, 1016, 1022
_SOURCE_RPM, _MODULARITY_LABEL = 1044, 5096
_FILE_STATES, _FILE_MODES = 1029, 1030
_DIR_INDEXES, _BASE_NAMES, _DIR_NAMES, _OLD_FILE_NAMES = 1116, 1117, 1118, 1027

# File states: left out by choice (documentation, language), or lost to another architecture.
_ABSENT = (2, 4)


@dataclass(frozen=True, slots=True)
class RpmHeader:
    """One package.

    Args:
        name, version, release, architecture: as tagged.
        epoch: 0 when not set.
        source_rpm: file name of the source package; empty if none.
        license, vendor, group: as tagged; empty if none.
        size: bytes of the installed files; None when not told.
        modularity_label: `NAME:STREAM:VERSION:CONTEXT` of a module; empty if none.
        folders, numbers, names: its files: folder names, the index of the folder of each
            file, and the name of each file. Folders and files left out are not among them.
    """

    name: str
    version: str
    release: str
    epoch: int
    architecture: str
    source_rpm: str
    license: str
    vendor: str
    group: str
    size: int | None
    modularity_label: str
    folders: tuple[str, ...]
    numbers: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def full_version(self) -> str:
        """`epoch:version-release`, the epoch only when it is not 0."""
        version = f"{self.version}-{self.release}" if self.release else self.version
        return f"{self.epoch}:{version}" if self.epoch else version


def parse(blob: bytes) -> RpmHeader:
    """Read a header blob as the databases store it: without the magic number in front.

    Args:
        blob: number of entries, size of the data, entries, data.

    Raises:
        InvalidDocument: not a header, or one without name and version.
    """
    tags = _Tags(blob)
    name, version = tags.text(_NAME), tags.text(_VERSION)
    if not name or not version:
        raise InvalidDocument("an RPM header without a name or a version")
    folders, numbers, names = _files(tags)
    sizes = tags.numbers(_LONG_SIZE) or tags.numbers(_SIZE)
    epochs = tags.numbers(_EPOCH)
    return RpmHeader(
        name=name,
        version=version,
        release=tags.text(_RELEASE),
        epoch=epochs[0] if epochs else 0,
        architecture=tags.text(_ARCH),
        source_rpm=tags.text(_SOURCE_RPM),
        license=tags.text(_LICENSE),
        vendor=tags.text(_VENDOR),
        group=tags.text(_GROUP),
        size=sizes[0] if sizes else None,
        modularity_label=tags.text(_MODULARITY_LABEL),
        folders=folders,
        numbers=numbers,
        names=names,
    )


class _Tags:
    """The index of a header, and its values on demand."""

    def __init__(self, blob: bytes) -> None:
        if len(blob) < 8:
            raise InvalidDocument("an RPM header of less than 8 bytes")
        count, size = struct.unpack_from(">II", blob)
        start = 8 + count * _ENTRY.size
        if not 0 < count <= _MAX_ENTRIES or size > _MAX_SIZE or start + size > len(blob):
            raise InvalidDocument("an RPM header with a broken index")
        self._blob = blob
        self._start: int = start
        self._end = start + size
        # entries after the immutable region replace those inside of it
        self._index: Mapping[int, tuple[int, int, int]] = {
            tag: (kind, offset, number)
            for tag, kind, offset, number in _ENTRY.iter_unpack(blob[8:start])
        }

    def text(self, tag: int) -> str:
        """Give a string, of several or translated ones the first; empty if there is none."""
        found = self.texts(tag, 1)
        return found[0].decode("utf-8", "replace").strip() if found else ""

    def texts(self, tag: int, limit: int = _MAX_COUNT) -> list[bytes]:
        """Give an array of strings, or as many of them as `limit`."""
        kind, offset, count = self._index.get(tag, (0, 0, 0))
        if kind not in _TEXTS:
            return []
        count = min(count, limit)
        start = self._place(tag, offset, count)
        if count == 1:
            end = self._blob.find(b"\0", start, self._end)
            found = [self._blob[start:end], b""] if end >= 0 else []
        else:
            found = self._blob[start : self._end].split(b"\0", count)
        if len(found) <= count:
            raise InvalidDocument(f"an RPM header with an unfinished tag {tag}")
        return found[:count]

    def numbers(self, tag: int) -> tuple[int, ...]:
        """Give an array of numbers."""
        kind, offset, count = self._index.get(tag, (0, 0, 0))
        letter, size = _NUMBERS.get(kind, ("", 0))
        if not letter:
            return ()
        start = self._place(tag, offset, count * size)
        return struct.unpack_from(f">{count}{letter}", self._blob, start)

    def _place(self, tag: int, offset: int, size: int) -> int:
        """Give the place of a value that takes at least `size` bytes."""
        start = self._start + offset
        if offset < 0 or start + size > self._end or size > 8 * _MAX_COUNT:
            raise InvalidDocument(f"an RPM header with a broken tag {tag}")
        return start


def _files(tags: _Tags) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    names = tags.texts(_BASE_NAMES)
    folders, numbers = tags.texts(_DIR_NAMES), tags.numbers(_DIR_INDEXES)
    if not names:
        # packages made by rpm 3 list whole paths
        names = tags.texts(_OLD_FILE_NAMES)
        folders, numbers = [b""], (0,) * len(names)
    if len(names) != len(numbers) or (numbers and max(numbers) >= len(folders)):
        raise InvalidDocument("an RPM header whose file names and folders do not fit")
    kept = list(_present(tags, len(names)))
    return (
        tuple(folder.decode("utf-8", "surrogateescape") for folder in folders),
        tuple(numbers[file] for file in kept),
        tuple(names[file].decode("utf-8", "surrogateescape").lstrip("/") for file in kept),
    )


def _present(tags: _Tags, count: int) -> Iterator[int]:
    """Give the indexes of what is installed and not a folder."""
    modes, states = tags.numbers(_FILE_MODES), tags.numbers(_FILE_STATES)
    for file in range(count):
        is_folder = file < len(modes) and S_ISDIR(modes[file])
        if not is_folder and not (file < len(states) and states[file] in _ABSENT):
            yield file
