"""The compiled files in the archive of a package, with what says which of them is loaded."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from typing import TYPE_CHECKING

from bedplate.binaries.elf import is_elf
from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.inventory.zip_directory import read_member, zip_directory
from bedplate.model.want import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_FILE = 512 * MIB
_MAX_UNPACKED = 1024 * MIB
_MAX_MEMBERS = 100_000
_TEXTS = frozenset(("package.json", "binding.gyp"))
_HEAD = 4


def unpack_npm(name: str, content: bytes) -> dict[str, bytes]:
    """Take the compiled files out of an npm package, and its package.json.

    Args:
        name: of the archive, for errors.
        content: a tar, packed with gzip; its first folder has any name.

    Raises:
        InvalidDocument: not such an archive, or a damaged one.
        LimitExceeded: unpacks to more than is read.
    """
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=_unzipped(name, content), mode="r|") as archive:
            for number, member in enumerate(archive):
                if number == _MAX_MEMBERS:
                    raise LimitExceeded(f"{name}: more than {_MAX_MEMBERS} files")
                path = member.name.partition("/")[2]
                file = archive.extractfile(member) if member.isfile() and path else None
                if file is not None and member.size <= _MAX_FILE:
                    head = file.read(_HEAD)
                    if is_elf(head) or path in _TEXTS:
                        found[path] = head + file.read()
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError) as error:
        raise InvalidDocument(f"{name}: a damaged archive: {error}") from error
    return found


def _unzipped(name: str, content: bytes) -> io.BufferedReader:
    unpacked = gzip.GzipFile(fileobj=io.BytesIO(content))
    return io.BufferedReader(_Bounded(name, unpacked))


class _Bounded(io.RawIOBase):
    """Gives what another file has, up to a bound."""

    def __init__(self, name: str, file: gzip.GzipFile) -> None:
        self._name, self._file, self._left = name, file, _MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        got = self._file.readinto(buffer)
        self._left -= got
        if self._left < 0:
            raise LimitExceeded(f"{self._name}: unpacks to more than {_MAX_UNPACKED // MIB} MiB")
        return got


def unpack_wheel(name: str, content: bytes) -> dict[str, bytes]:
    """Take the compiled files out of a wheel.

    Args:
        name: of the wheel, for errors.
        content: a zip archive.

    Raises:
        InvalidDocument: not a zip archive, or a damaged one.
        LimitExceeded: unpacks to more than is read.
    """
    return {path: data for path, data in _members(name, content) if is_elf(data[:_HEAD])}


def _members(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    left = _MAX_UNPACKED
    for member in zip_directory(content, (b"",)):
        if member.name.endswith(b"/") or b".." in member.name.split(b"/"):
            continue
        left -= member.size
        if left < 0:
            raise LimitExceeded(f"{name}: unpacks to more than {_MAX_UNPACKED // MIB} MiB")
        data = read_member(content, member, min(member.size, _MAX_FILE))
        if data is not None:
            yield _installed_at(member.name.decode("utf-8", "replace")), data


def _installed_at(path: str) -> str:
    """Give the place in site-packages; `x.data/purelib` and `platlib` are spread there."""
    top, _, rest = path.partition("/")
    if top.endswith(".data") and rest.startswith(("purelib/", "platlib/")):
        return rest.partition("/")[2]
    return path
