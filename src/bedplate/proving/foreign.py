"""Files for other systems than Linux with a C library: only their folder says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.elf_file import ElfFile

_SYSTEMS = frozenset(
    [
        "android",
        "darwin",
        "freebsd",
        "illumos",
        "ios",
        "macos",
        "netbsd",
        "openbsd",
        "openharmony",
        "solaris",
        "sunos",
        "windows",
        "win32",
    ]
)
_SEPARATORS = re.compile(r"[/\\._+-]")
_FREEBSD = 9


def of_other_system(path: str, elf: ElfFile) -> bool:
    """Tell whether a file is for another system; EI_OSABI is 0 for most of them too."""
    return elf.os_abi == _FREEBSD or not _SYSTEMS.isdisjoint(_SEPARATORS.split(path.lower()))
