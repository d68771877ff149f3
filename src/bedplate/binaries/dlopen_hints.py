"""Names of libraries that a program may open while it runs: a hint, never a proof."""

from __future__ import annotations

import re

from bedplate.binaries.elf_image import PT_LOAD, WRITABLE, ElfImage
from bedplate.binaries.searching import pieces
from bedplate.errors import InvalidBinary

_NAME = re.compile(rb"\0lib([A-Za-z0-9_+.-]{1,64}\.so(?:\.[0-9]{1,4}){0,3})(?=\0)")
_LONGEST = 100
_MAX_NAMES = 100


def dlopen_hints(data: bytes | memoryview) -> tuple[str, ...]:
    """Find texts of the form `libx.so.1` among the constants of a program.

    Names in NEEDED and its own SONAME are constants of the dynamic table, and among them; leave
    them out by what `read_elf` says.

    Args:
        data: an ELF file.

    Returns:
        names, sorted, at most 100.
    """
    names: set[str] = set()
    with memoryview(data) as view:
        try:
            image = ElfImage(view)
        except InvalidBinary:
            return ()
        for segment in image.having(PT_LOAD):
            if segment.flags & WRITABLE:
                continue
            end = segment.offset + segment.size
            for _, piece in pieces(view, _LONGEST, segment.offset, end):
                names.update(f"lib{name.decode()}" for name in _NAME.findall(piece))
                if len(names) > _MAX_NAMES:
                    break
    return tuple(sorted(names)[:_MAX_NAMES])
