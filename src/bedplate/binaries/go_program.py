"""What a Go program uses at run time, told by the names of the functions in it.

The linker drops functions that nobody calls and keeps the names of all others, also in stripped
programs. Strings such as `/etc/ssl/certs` tell nothing: they are in every Go program.
"""

from __future__ import annotations

import re
from enum import StrEnum

from bedplate.binaries.elf_image import PT_NOTE, ElfImage
from bedplate.binaries.searching import contains, pieces
from bedplate.errors import InvalidBinary


class GoUse(StrEnum):
    """Something that a program asks of the system it runs on."""

    CERTIFICATES = "certificates"
    TIME_ZONES = "time zones"
    TIME_ZONES_INSIDE = "time zones inside"
    """It carries its own database (time/tzdata)."""
    PROGRAMS = "programs"
    """It starts other programs."""
    USERS = "users"
    NAME_LOOKUP = "name lookup"
    TEMPORARY_FILES = "temporary files"


# names in the table of functions end in a zero byte
_SIGNS = {
    GoUse.CERTIFICATES: (b"crypto/x509.(*Certificate).Verify\0",),
    GoUse.TIME_ZONES: (b"time.LoadLocation\0",),
    GoUse.TIME_ZONES_INSIDE: (b"time/tzdata.",),
    GoUse.PROGRAMS: (b"os/exec.(*Cmd).Start\0",),
    GoUse.USERS: (b"os/user.Current\0", b"os/user.Lookup\0"),
    GoUse.NAME_LOOKUP: (b"net.(*Resolver).lookupIPAddr\0",),
    GoUse.TEMPORARY_FILES: (b"os.CreateTemp\0", b"os.MkdirTemp\0"),
}
_VERSION = re.compile(rb"go(1\.\d{1,2}(?:\.\d{1,2}|rc\d|beta\d))(?![\d.])")
_BUILD_ID = b"\4\0\0\0Go\0\0"


def is_go_program(data: bytes | memoryview) -> bool:
    """Tell whether the Go linker made this file: it leaves a note with the build's id."""
    with memoryview(data) as view:
        try:
            image = ElfImage(view)
        except InvalidBinary:
            return False
        return any(
            bytes(view[note.offset : note.offset + min(note.size, 4096)]).find(_BUILD_ID, 8) == 8
            for note in image.having(PT_NOTE)
        )


def go_uses(data: bytes | memoryview) -> frozenset[GoUse]:
    """Say what a Go program uses.

    Args:
        data: the whole file; searched once for each sign.
    """
    return frozenset(
        use for use, names in _SIGNS.items() if any(contains(data, name) for name in names)
    )


def go_version_text(data: bytes | memoryview) -> str:
    """Guess the version of Go where there is no build information; empty when nothing is found.

    Returns:
        the first text of this form: `1.20.4`.
    """
    for _, piece in pieces(data, 16):
        if match := _VERSION.search(piece):
            return match[1].decode()
    return ""
