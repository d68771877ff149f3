"""A folder of files by key, safe for many processes: written beside, then moved into place."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
from typing import TYPE_CHECKING

from bedplate.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Cache:
    """Content by shelf and key; whatever is in it can be made again.

    Args:
        folder: where it lives; made when first written. None: in memory, for one run.
        read_limit: bytes; a larger file counts as damaged and is not read.
    """

    def __init__(self, folder: Path | None, read_limit: int = 512 * 1024 * 1024) -> None:
        self._folder = folder
        self._memory: dict[tuple[str, str], bytes] = {}
        self._read_limit = read_limit

    def get(self, shelf: str, key: str) -> bytes | None:
        """Give what was put under this key, None when there is nothing to be had."""
        path = self._path(shelf, key)
        if path is None:
            return self._memory.get((shelf, key))
        try:
            with path.open("rb") as file:
                content = file.read(self._read_limit + 1)
        except OSError:
            return None
        return content if len(content) <= self._read_limit else None

    def put(self, shelf: str, key: str, content: bytes) -> None:
        """Keep content under a key; readers see the old or the new file, never a part.

        Raises:
            StorageError: the disk is full or read-only; nothing is left behind.
        """
        path = self._path(shelf, key)
        if path is None:
            self._memory[shelf, key] = content
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
        except OSError as error:
            raise StorageError(
                f"cannot write the cache in {self._folder}: {error.strerror or error}",
                "free some space, or set XDG_CACHE_HOME to another disk",
            ) from error

    @contextlib.contextmanager
    def building(self, shelf: str, key: str) -> Iterator[None]:
        """Keep other processes from making the same content at the same time.

        They wait, and find it in the cache afterwards. Locks are 256 files, shared by keys;
        a thread must hold one at a time. Where files can't be locked, nobody waits.
        """
        path = self._path(shelf, key)
        if self._folder is None or path is None:
            yield
            return
        folder = self._folder / "locks"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = (folder / path.parent.name).open("w")
        except OSError:
            yield
            return
        with file:
            with contextlib.suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def drop(self, shelf: str, key: str) -> None:
        """Forget a key, for content that turned out to be damaged."""
        path = self._path(shelf, key)
        self._memory.pop((shelf, key), None)
        if path is not None:
            with contextlib.suppress(OSError):
                path.unlink()

    def _path(self, shelf: str, key: str) -> Path | None:
        if self._folder is None:
            return None
        name = key.replace(":", "-")
        if not _KEY.fullmatch(name) or not _KEY.fullmatch(shelf):
            raise ValueError(f"not a cache key: {shelf}/{key}")
        return self._folder / shelf / name.partition(".")[0][-2:] / name


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there, so that no half of it is ever seen.

    Raises:
        OSError: the disk is full or read-only; the temporary file is removed.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    # not tempfile: its files are for the owner alone, these are as the umask says
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
