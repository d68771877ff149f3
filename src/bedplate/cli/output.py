"""Where results go: standard output, or a file that is never seen half written."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path
from typing import TextIO

from bedplate.errors import ImageNotFound, StorageError


def write_stream(stream: TextIO, text: str) -> None:
    """Print text; what the stream's encoding does not have is escaped, never an error."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def write_file(path: Path, text: str | bytes) -> None:
    """Put text into a file by writing beside it and moving that into place.

    A link keeps pointing at its target, a file keeps its permissions; devices and pipes,
    which can't be replaced, are written to.

    Raises:
        ImageNotFound: the folder is not there.
        StorageError: it can't be written; the old file is as it was.
    """
    target = Path(os.path.realpath(path))
    content = text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
    try:
        old = target.stat().st_mode if target.exists() else None
        if old is not None and not stat.S_ISREG(old):
            target.write_bytes(content)
            return
        _replace(target, content, old)
    except FileNotFoundError as error:
        raise ImageNotFound(f"no folder {target.parent} for the output", "make it first") from error
    except OSError as error:
        raise StorageError(
            f"cannot write {path}: {error.strerror or error}", "choose another place for --output"
        ) from error


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(stat.S_IMODE(mode))
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
