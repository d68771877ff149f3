"""The members of a tar archive, opened by name; nothing is unpacked."""

from __future__ import annotations

import io
import posixpath
import tarfile
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bedplate.errors import CorruptImage, ImageNotFound, LimitExceeded, StorageError
from bedplate.images.unpack import unpack

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from bedplate.images.limits import Limits

_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
_MAX_LINKS = 4  # old `docker save` links layers that several images share


class ArchiveFiles:
    """A tar file seen as a folder; implements `oci_store.Files`.

    Args:
        path: the archive; a gzip or zstd one is unpacked to a temporary file first.
        scratch: folder for that file.
        name: how the user named it.
        limits: bounds on members and on the unpacked size.

    Raises:
        ImageNotFound: there is no such file.
        CorruptImage: it is not a tar.
    """

    def __init__(self, path: Path, scratch: Path, name: str, limits: Limits) -> None:
        self._name = name
        self._spool: Path | None = None
        try:
            with path.open("rb") as file:
                packed = file.read(4).startswith(_PACKED)
            if packed:
                path = self._spool = _unpacked(path, scratch, name, limits)
            self._path = path
            self._members = _members(path, name, limits)
        except IsADirectoryError as error:
            raise ImageNotFound(
                f"{name}: is a folder, not an archive", "try oci: or dir:"
            ) from error
        except FileNotFoundError as error:
            raise ImageNotFound(f"{name}: there is no such file") from error
        except PermissionError as error:
            raise ImageNotFound(f"{name}: {error.strerror}") from error
        except BaseException:
            self.close()
            raise

    def open(self, path: str) -> IO[bytes]:
        """Open a member by its path, following links inside the archive."""
        for _ in range(_MAX_LINKS):
            member = self._members.get(posixpath.normpath(path))
            if member is None:
                break
            if member.isreg():
                return io.BufferedReader(_Slice(self._path, member.offset_data, member.size))
            path = posixpath.join(posixpath.dirname(path), member.linkname)
            if member.islnk():
                path = member.linkname
        raise FileNotFoundError(2, "there is no such member", path)

    def size(self, path: str) -> int:
        """Give the length of a member in bytes, following links."""
        with self.open(path) as file:
            return file.seek(0, io.SEEK_END)

    def close(self) -> None:
        """Remove the temporary file."""
        if self._spool is not None:
            self._spool.unlink(missing_ok=True)


class _Slice(io.RawIOBase):
    """A stretch of a file, opened anew so that threads read members side by side."""

    def __init__(self, path: Path, start: int, size: int) -> None:
        super().__init__()
        self._file = path.open("rb", buffering=0)
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        self._file.seek(self._start + self._at)
        view = memoryview(buffer)[: max(0, self._size - self._at)]
        count = self._file.readinto(view) or 0
        self._at += count
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def _members(path: Path, name: str, limits: Limits) -> dict[str, tarfile.TarInfo]:
    members = {}
    try:
        with tarfile.open(path, "r:") as archive:
            for member in archive:
                members[posixpath.normpath(member.name)] = member
                if len(members) > limits.archive_members:
                    raise LimitExceeded(f"{name}: more than {limits.archive_members} members")
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise CorruptImage(f"{name}: not a tar archive: {error}") from error
    return members


def _unpacked(path: Path, scratch: Path, name: str, limits: Limits) -> Path:
    spool: Path | None = None
    try:
        scratch.mkdir(parents=True, exist_ok=True)
        with (
            path.open("rb") as packed,
            tempfile.NamedTemporaryFile(dir=scratch, prefix="archive-", delete=False) as plain,
        ):
            spool = Path(plain.name)
            for chunk in unpack(packed, name, limits):
                plain.write(chunk)
    except BaseException as error:
        if spool is not None:
            spool.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise StorageError(f"{name}: cannot unpack to {scratch}: {error.strerror}") from error
        raise
    return spool
