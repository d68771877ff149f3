"""Notes: the least kernel, and the level of x86-64 that a file needs.

Source: LSB Core, "ABI note tag"; x86-64 psABI, "Program property".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.binaries.elf_image import PT_GNU_PROPERTY, PT_NOTE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.binaries.elf_image import ElfImage

_MAX_SEGMENTS = 100
_MAX_SIZE = 64 * 1024
_ABI_TAG, _PROPERTY = 1, 5
_LINUX = 0
_ISA_NEEDED = 0xC0008002
_X86_64 = 62


class Notes(NamedTuple):
    """What notes say.

    Args:
        kernel: least Linux version; None when it is not said.
        isa_level: level of x86-64 that is needed, 1 to 4; 0 when it is not said.
    """

    kernel: tuple[int, int, int] | None = None
    isa_level: int = 0


def read_notes(image: ElfImage) -> Notes:
    """Read the notes; those that are cut off are passed over, as the loader does."""
    kernel, level = None, 0
    for type_, content in _notes(image):
        if type_ == _ABI_TAG and len(content) >= 16:
            system, *version = image.struct("4I").unpack(content[:16])
            if system == _LINUX:
                kernel = (version[0], version[1], version[2])
        elif type_ == _PROPERTY and image.machine == _X86_64:
            level = max(level, _isa_level(image, content))
    return Notes(kernel, level)


def _notes(image: ElfImage) -> Iterator[tuple[int, bytes]]:
    """Yield type and content of notes by GNU."""
    header = image.struct("3I")
    for segment in image.having(PT_NOTE, PT_GNU_PROPERTY)[:_MAX_SEGMENTS]:
        align = 8 if segment.align == 8 else 4
        block = bytes(image.view[segment.offset :][: min(segment.size, _MAX_SIZE)])
        at = 0
        while at + header.size <= len(block):
            name_size, size, type_ = header.unpack_from(block, at)
            start = _aligned(at + header.size + name_size, align)
            if block[at + header.size :][:name_size] == b"GNU\0" and start + size <= len(block):
                yield type_, block[start : start + size]
            at = _aligned(start + size, align)


def _isa_level(image: ElfImage, content: bytes) -> int:
    """Find the highest bit of the property: 1 baseline, 2 v2, 4 v3, 8 v4."""
    header = image.struct("2I")
    step = image.bits // 8
    at = 0
    while at + header.size <= len(content):
        type_, size = header.unpack_from(content, at)
        value = content[at + header.size :][:size]
        if type_ == _ISA_NEEDED and len(value) == 4:
            return min(int(image.struct("I").unpack(value)[0]).bit_length(), 4)
        at = _aligned(at + header.size + size, step)
    return 0


def _aligned(number: int, step: int) -> int:
    return -(-number // step) * step
