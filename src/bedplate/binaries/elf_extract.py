"""What indexes of layers keep of ELF files, in place of their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.elf import is_elf, read_elf
from bedplate.binaries.elf_codec import PlainElf, from_plain, pack, to_plain, unpack
from bedplate.binaries.elf_image import MAGIC
from bedplate.model.extract import Extract

if TYPE_CHECKING:
    from bedplate.model.elf_file import ElfFile

_FAST = 3


def take_elf(content: bytes | bytearray) -> bytes | None:
    """Read a file and pack what was read; None when it is no ELF file.

    Raises:
        InvalidBinary: a damaged one.
    """
    if not is_elf(bytes(content[:4])):
        return None
    with memoryview(content) as view:
        return pack(to_plain(read_elf(view)), _FAST)


def unpack_elf(taken: bytes, path: str) -> ElfFile:
    """Read what `take_elf` gave.

    Args:
        taken: the bytes.
        path: of the file, named in errors.

    Raises:
        InvalidDocument: they are damaged.
    """
    return from_plain(unpack(taken, PlainElf, f"what is kept of {path}"))


ELF_FACTS = Extract("elf-facts-1", take_elf, MAGIC)
"""Ask for this of files that may be programs or libraries; `TreeLibraries` finds it."""
