"""A file that a person can paste into a bug report."""

from __future__ import annotations

import platform
import shlex
import sys
import traceback
from typing import TYPE_CHECKING

from bedplate._version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_bug_log(argv: Sequence[str], error: Exception, folder: Path | None) -> Path | None:
    """Write down what was run and where it broke; the last bug replaces the one before.

    Args:
        argv: the command line; no option of ours holds a secret.
        error: what was raised.
        folder: where the log goes; None for nowhere.

    Returns:
        the path, None when it could not be written.
    """
    if folder is None:
        return None
    lines = [
        f"bedplate {__version__}, Python {sys.version.split()[0]}, {platform.platform()}",
        f"command: bedplate {shlex.join(argv)}",
        "",
        *traceback.format_exception(error),
    ]
    path = folder / "bug.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8", errors="backslashreplace")
    except OSError:
        return None
    return path
