"""Names of archives, as ADD and the rules about it know them."""

from __future__ import annotations

import re

_ENDINGS = (
    ".tar",
    ".Z",
    ".bz2",
    ".gz",
    ".lz",
    ".lzma",
    ".tZ",
    ".tb2",
    ".tbz",
    ".tbz2",
    ".tgz",
    ".tlz",
    ".tpz",
    ".txz",
    ".xz",
)
_SEPARATOR = re.compile(r"[/\\]")


def is_archive(path: str) -> bool:
    """Tell by the ending whether ADD would unpack a file."""
    return path.endswith(_ENDINGS)


def last_part(path: str) -> str:
    """Give the name of a file without its folders, those of Windows too."""
    return _SEPARATOR.split(path)[-1]
