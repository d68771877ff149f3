"""Single files out of a zip archive: wheels, eggs, extensions."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.model.want import MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAX_MEMBERS = 100_000
_MAX_MEMBER_BYTES = MIB
# Members may share their bytes, so a small archive can hold any number of large ones.
_MAX_TOTAL_BYTES = 64 * MIB

# What the standard library raises on archives that are broken or use what it does not know.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def zip_members(
    path: str, content: bytes, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of some members; those over a megabyte are left out.

    Args:
        path: of the archive, named in errors.
        content: the whole archive.
        wanted: says by its name whether a member is read.

    Raises:
        InvalidDocument: not a zip archive, or a member that can't be read.
        LimitExceeded: too large, too many members, or too much in those wanted.
    """
    if len(content) > MAX_BYTES:
        raise LimitExceeded(f"{path}: larger than {MAX_BYTES // MIB} MiB")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MAX_MEMBERS:
                raise LimitExceeded(f"{path}: more than {_MAX_MEMBERS} files")
            total = 0
            for member in members:
                if not wanted(member.filename) or member.file_size > _MAX_MEMBER_BYTES:
                    continue
                total += member.file_size
                if total > _MAX_TOTAL_BYTES:
                    raise LimitExceeded(f"{path}: more than {_MAX_TOTAL_BYTES // MIB} MiB inside")
                with archive.open(member) as stream:
                    yield member.filename, stream.read(_MAX_MEMBER_BYTES)
    except _BROKEN as error:
        raise InvalidDocument(f"{path}: not a readable zip archive: {error}") from error
