"""`ElfFile` as a plain structure and back: for profiles, and for what indexes of layers keep.

Names of symbols, which are bytes, are written as Latin-1 text, one a line, sorted: that is small
once compressed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import zstandard

from bedplate.errors import InvalidDocument
from bedplate.model.elf_file import ElfFile, ElfFlag, ElfSymbols, ElfType, VersionNeed

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DOCUMENT = 256 * 1024 * 1024
_HALF_PAIR = b"\\udc"
T = TypeVar("T")


class PlainElf(msgspec.Struct, omit_defaults=True, frozen=True):
    """An `ElfFile` in types that JSON has."""

    machine: int
    bits: int = 64
    byte_order: str = "little"
    type: ElfType = ElfType.SHARED
    os_abi: int = 0
    interpreter: str = ""
    needed: tuple[str, ...] = ()
    soname: str = ""
    rpath: str = ""
    runpath: str = ""
    versions_needed: tuple[tuple[str, str, bool], ...] = ()
    versions_defined: tuple[str, ...] = ()
    flags: tuple[ElfFlag, ...] = ()
    isa_level: int = 0
    kernel: tuple[int, int, int] | None = None
    exports: dict[str, str] = {}
    old_exports: dict[str, str] = {}
    undefined: dict[str, str] = {}
    weak: dict[str, str] = {}
    thread_local: str = ""


def to_plain(elf: ElfFile, *, references: bool = True) -> PlainElf:
    """Take a file apart.

    Args:
        elf: what was read of it.
        references: keep undefined symbols too, which matter when it is judged itself.
    """
    symbols = elf.symbols
    return PlainElf(
        machine=elf.machine,
        bits=elf.bits,
        byte_order=elf.byte_order,
        type=elf.type,
        os_abi=elf.os_abi,
        interpreter=elf.interpreter,
        needed=elf.needed,
        soname=elf.soname,
        rpath=elf.rpath,
        runpath=elf.runpath,
        versions_needed=tuple((v.provider, v.name, v.weak) for v in elf.versions_needed),
        versions_defined=elf.versions_defined,
        flags=tuple(sorted(elf.flags)),
        isa_level=elf.isa_level,
        kernel=elf.kernel,
        exports=_texts(symbols.exports),
        old_exports=_texts(symbols.old_exports),
        undefined=_texts(symbols.undefined) if references else {},
        weak=_texts(symbols.weak) if references else {},
        thread_local=_text(symbols.thread_local) if references else "",
    )


def from_plain(plain: PlainElf) -> ElfFile:
    """Put a file together again."""
    return ElfFile(
        bits=plain.bits,
        byte_order=plain.byte_order,
        machine=plain.machine,
        type=plain.type,
        os_abi=plain.os_abi,
        interpreter=plain.interpreter,
        needed=plain.needed,
        soname=plain.soname,
        rpath=plain.rpath,
        runpath=plain.runpath,
        versions_needed=tuple(VersionNeed(*need) for need in plain.versions_needed),
        versions_defined=plain.versions_defined,
        flags=frozenset(plain.flags),
        isa_level=plain.isa_level,
        kernel=plain.kernel,
        symbols=ElfSymbols(
            _names(plain.exports),
            _names(plain.old_exports),
            _names(plain.undefined),
            _names(plain.weak),
            _split(plain.thread_local),
        ),
    )


def _text(names: frozenset[bytes]) -> str:
    return b"\n".join(sorted(names)).decode("latin-1")


def _texts(groups: Mapping[str, frozenset[bytes]]) -> dict[str, str]:
    return {version: _text(groups[version]) for version in sorted(groups)}


def _split(text: str) -> frozenset[bytes]:
    return frozenset(text.encode("latin-1", "replace").split(b"\n")) if text else frozenset()


def _names(groups: dict[str, str]) -> dict[str, frozenset[bytes]]:
    return {version: _split(text) for version, text in groups.items()}


def pack(value: Any, level: int = 19) -> bytes:
    """Write a structure as compressed JSON.

    Args:
        value: of types that msgspec knows.
        level: of zstd.
    """
    try:
        content = msgspec.json.encode(value)
    except UnicodeEncodeError:  # bytes of names that are not UTF-8 are half surrogate pairs
        content = json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode()
    return zstandard.ZstdCompressor(level=level).compress(content)


def unpack(content: bytes, kind: type[T], what: str) -> T:
    """Read what `pack` wrote.

    Args:
        content: compressed JSON.
        kind: type of the structure.
        what: named in errors.

    Raises:
        InvalidDocument: not such a document, or a larger one than is read.
    """
    try:
        reader = zstandard.ZstdDecompressor().stream_reader(content)
        plain = reader.read(MAX_DOCUMENT + 1)
        if len(plain) > MAX_DOCUMENT:
            raise InvalidDocument(f"{what} of more than {MAX_DOCUMENT // 1024**2} MiB")
        if _HALF_PAIR in plain:
            return msgspec.convert(json.loads(plain), kind)
        return msgspec.json.decode(plain, type=kind)
    except (zstandard.ZstdError, msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise InvalidDocument(f"{what} that can't be read: {error}") from error
