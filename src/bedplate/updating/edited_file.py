"""Files of a repository that are edited in place: read whole, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from bedplate.errors import BadInput, LimitExceeded, StorageError

MAX_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EditedFile:
    """A file as it was read.

    Args:
        path: as shown, `/` between folders.
        target: the file itself, behind symbolic links.
        content: its bytes; None for a file that is to be made.
    """

    path: str
    target: Path
    content: bytes | None

    @property
    def text(self) -> str:
        """The text; a byte order mark, carriage returns and bytes that are not UTF-8 are kept."""
        return (self.content or b"").decode("utf-8", "surrogateescape")

    def write(self, text: str) -> None:
        """Put a new text in its place: all of it, or the old one stays.

        The new file is complete on disk before it takes the name of the old one, so a crash
        leaves one or the other. Links to it stay, and so do its permissions.

        Raises:
            StorageError: it can't be written, or was changed by someone else meanwhile.
        """
        try:
            now = self.target.read_bytes() if self.target.exists() else None
            if now != self.content:
                raise StorageError(f"{self.path}: changed while bedplate worked", "run it again")
            replace_file(self.target, text.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise StorageError(
                f"{self.path}: can't be written: {error.strerror or error}", "nothing was changed"
            ) from error


def read_edited(path: Path, name: str) -> EditedFile:
    """Read a file that may be edited.

    Args:
        path: where it is; links are followed.
        name: how it is shown.

    Raises:
        BadInput: it can't be read, is no regular file, or is binary.
        LimitExceeded: larger than a file that people write.
    """
    target = Path(os.path.realpath(path))
    try:
        if not stat.S_ISREG(target.stat().st_mode):
            raise BadInput(f"{name}: not a regular file")
        with target.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{name}: can't be read: {error.strerror or error}") from error
    if len(content) > MAX_BYTES:
        raise LimitExceeded(f"{name}: larger than {MAX_BYTES // 1024**2} MiB", "leave it out")
    if b"\0" in content:
        raise BadInput(f"{name}: a binary file")
    return EditedFile(name, target, content)


def replace_file(target: Path, content: bytes) -> None:
    """Write beside a file, then take its place; mode and, where allowed, owner are kept.

    Args:
        target: no symbolic link; may be new.
        content: all of it.

    Raises:
        OSError: it can't be written; nothing is left behind.
    """
    old = target.stat() if target.exists() else None
    if old is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, "it is read-only", str(target))
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if old is not None:
            with contextlib.suppress(OSError):  # only root may give files away
                os.chown(temporary, old.st_uid, old.st_gid)
            temporary.chmod(stat.S_IMODE(old.st_mode))
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last over a power cut; not every file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
