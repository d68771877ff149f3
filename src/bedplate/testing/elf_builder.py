"""ELF files made by hand: just what a loader looks at, without section headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TYPES = {"relocatable": 1, "executable": 2, "shared": 3, "core": 4}
_HASHES = {"gnu": 0x6FFFFEF5, "sysv": 4}
_DATA_ADDRESS = 0x10000000


@dataclass(frozen=True, slots=True)
class ElfSymbol:
    """A dynamic symbol.

    Args:
        name: as written in the file.
        defined: exported, or else needed.
        version: that it has; needed ones are found among `ElfBuilder.needs`.
        hidden: an old version, found only by references to just this one.
        weak: need not be found.
        thread_local: a variable of each thread.
        relocations: types (`r_type`) of relocations that name it.
        code: bytes that stand at its address.
    """

    name: str
    defined: bool = True
    version: str = ""
    hidden: bool = False
    weak: bool = False
    thread_local: bool = False
    relocations: tuple[int, ...] = ()
    code: bytes = b"\xc3"


@dataclass(slots=True)
class ElfBuilder:
    """A file of one read-only and one writable segment.

    Args:
        bits: 32 or 64.
        order: `<` little or `>` big endian.
        machine: `e_machine`.
        type: `relocatable`, `executable`, `shared` or `core`.
        interpreter: path of the loader; empty for none.
        needed: names of libraries.
        soname: own name as a library.
        rpath: DT_RPATH.
        runpath: DT_RUNPATH.
        needs: library -> versions that it must define; those that end in `?` are weak.
        defines: versions that it defines.
        symbols: dynamic symbols; needed ones must stand before defined ones.
        hash: table that symbols are found by: `gnu`, `sysv`, or empty for none.
        tags: further entries of the dynamic table.
        notes: type -> content of notes by GNU.
        segments: type -> flags of further, empty segments (PT_TLS, PT_GNU_STACK).
        rodata: bytes of the read-only segment.
        data: bytes of the writable segment, at a multiple of 16.
        dynamic: has a dynamic table at all.
    """

    bits: int = 64
    order: str = "<"
    machine: int = 62
    type: str = "shared"
    interpreter: str = ""
    needed: tuple[str, ...] = ()
    soname: str = ""
    rpath: str = ""
    runpath: str = ""
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    defines: tuple[str, ...] = ()
    symbols: tuple[ElfSymbol, ...] = ()
    hash: str = "gnu"
    tags: Mapping[int, int] = field(default_factory=dict)
    notes: Mapping[int, bytes] = field(default_factory=dict)
    segments: Mapping[int, int] = field(default_factory=dict)
    rodata: bytes = b""
    data: bytes = b""
    dynamic: bool = True

    def build(self) -> bytes:
        """Give the bytes of the file."""
        return _Assembly(self).assembled()


class _Assembly:
    """Places of the parts of one file; addresses are offsets, but for the writable segment."""

    def __init__(self, file: ElfBuilder) -> None:
        self._file = file
        self._word = "Q" if file.bits == 64 else "I"
        extra = len(file.segments) + bool(file.interpreter) + bool(file.dynamic) + bool(file.notes)
        self._count = 2 + extra
        header, segment = (64, 56) if file.bits == 64 else (52, 32)
        self._out = bytearray(header + segment * self._count)
        self._segments: list[tuple[int, int, int, int, int]] = []
        self._strings = bytearray(b"\0")
        self._indexes: dict[str, int] = {}

    def assembled(self) -> bytes:
        file = self._file
        if file.interpreter:
            self._segment(3, self._add(file.interpreter.encode() + b"\0"))
        if file.notes:
            notes = b"".join(self._note(type_, text) for type_, text in file.notes.items())
            self._segment(4, self._add(notes))
        self._add(file.rodata)
        if file.dynamic:
            self._segment(2, self._add(self._dynamic()))
        for type_, flags in file.segments.items():
            self._segments.append((type_, flags, 0, 0, 0))
        whole = len(self._out)
        start, size = self._add(file.data)
        self._segments.append((1, 5, 0, 0, whole))
        self._segments.append((1, 6, start, _DATA_ADDRESS + start, size))
        self._write_headers()
        return bytes(self._out)

    def _pack(self, form: str, *values: int) -> bytes:
        return pack(self._file.order + form, *values)

    def _add(self, content: bytes | bytearray) -> tuple[int, int]:
        """Append bytes at a multiple of 16; give their place and size."""
        self._out += bytes(-len(self._out) % 16)
        place = len(self._out)
        self._out += content
        return place, len(content)

    def _segment(self, type_: int, place: tuple[int, int]) -> None:
        self._segments.append((type_, 4, place[0], place[0], place[1]))

    def _string(self, text: str) -> int:
        place = len(self._strings)
        self._strings += text.encode("utf-8", "surrogateescape") + b"\0"
        return place

    def _note(self, type_: int, content: bytes) -> bytes:
        padded = content + bytes(-len(content) % 4)
        return self._pack("III", 4, len(content), type_) + b"GNU\0" + padded

    def _dynamic(self) -> bytes:
        file = self._file
        tags = [(1, self._string(name)) for name in file.needed]
        for tag, text in ((14, file.soname), (15, file.rpath), (29, file.runpath)):
            tags += [(tag, self._string(text))] if text else []
        tags += self._versions()
        if file.symbols:
            tags += self._symbols()
        place, size = self._add(self._strings)
        tags += [(5, place), (10, size), *file.tags.items(), (0, 0)]
        return b"".join(self._pack(self._word * 2, *entry) for entry in tags)

    def _versions(self) -> list[tuple[int, int]]:
        file = self._file
        number = 2
        tags: list[tuple[int, int]] = []
        definitions = b""
        for at, name in enumerate(("", *file.defines) if file.defines else ()):
            index = number if at else 1
            self._indexes[name] = index
            number += bool(at)
            following = 28 if at < len(file.defines) else 0
            row = (1, int(not at), index, 1, 0, 20, following)
            definitions += self._pack("HHHHIII", *row)
            definitions += self._pack("II", self._string(name or file.soname), 0)
        if definitions:
            tags += [(0x6FFFFFFC, self._add(definitions)[0]), (0x6FFFFFFD, len(file.defines) + 1)]
        needs = b""
        for at, (library, names) in enumerate(file.needs.items(), 1):
            following = 16 + 16 * len(names) if at < len(file.needs) else 0
            needs += self._pack("HHIII", 1, len(names), self._string(library), 16, following)
            for position, name in enumerate(names, 1):
                self._indexes[name.rstrip("?")] = number
                text = self._string(name.rstrip("?"))
                step = 16 if position < len(names) else 0
                weak = 2 * name.endswith("?")
                needs += self._pack("IHHII", 0, weak, number, text, step)
                number += 1
        if needs:
            tags += [(0x6FFFFFFE, self._add(needs)[0]), (0x6FFFFFFF, len(file.needs))]
        return tags

    def _symbols(self) -> list[tuple[int, int]]:
        file = self._file
        table = bytearray(24 if file.bits == 64 else 16)
        indexes = bytearray(self._pack("H", 0))
        for symbol in file.symbols:
            value = self._add(symbol.code)[0] if symbol.defined else 0
            info = (2 if symbol.weak else 1) << 4 | (6 if symbol.thread_local else 2)
            row = (self._string(symbol.name), info, int(symbol.defined), value, len(symbol.code))
            name, info, section, value, size = row
            if file.bits == 64:
                table += self._pack("IBBHQQ", name, info, 0, section, value, size)
            else:
                table += self._pack("IIIBBH", name, value, size, info, 0, section)
            version = self._indexes.get(symbol.version, 1) if symbol.version else 1
            indexes += self._pack("H", version | 0x8000 * symbol.hidden)
        tags = [(6, self._add(table)[0]), *self._relocations(), *self._hash()]
        if self._indexes:
            tags.append((0x6FFFFFF0, self._add(indexes)[0]))
        return tags

    def _relocations(self) -> list[tuple[int, int]]:
        shift = 32 if self._file.bits == 64 else 8
        rows = [
            self._pack(self._word * 3, 0, index << shift | type_, 0)
            for index, symbol in enumerate(self._file.symbols, 1)
            for type_ in symbol.relocations
        ]
        place, size = self._add(b"".join(rows))
        return [(7, place), (8, size)] if rows else []

    def _hash(self) -> list[tuple[int, int]]:
        """Write a table of one bucket; the hashes themselves are not right."""
        file = self._file
        if not file.hash:
            return []
        count = len(file.symbols) + 1
        first = 1 + next((n for n, s in enumerate(file.symbols) if s.defined), len(file.symbols))
        if file.hash == "sysv":
            table = self._pack(f"{3 + count}I", 1, count, *range(1 + count))
        else:
            chain = [0] * (count - first - 1) + [1] * (count > first)
            bucket = first if count > first else 0
            table = self._pack("4I", 1, first, 1, 0) + self._pack(self._word, 0)
            table += self._pack(f"{1 + len(chain)}I", bucket, *chain)
        return [(_HASHES[file.hash], self._add(table)[0])]

    def _write_headers(self) -> None:
        file = self._file
        width = 2 if file.bits == 64 else 1
        ident = b"\x7fELF" + bytes((width, 1 if file.order == "<" else 2, 1)) + bytes(9)
        sizes = (64, 56) if file.bits == 64 else (52, 32)
        numbers = (_TYPES[file.type], file.machine, 1, 0, sizes[0], 0, 0, *sizes, self._count)
        word = self._word
        header = ident + self._pack(f"HHI{word * 3}IHHHHHH", *numbers, 0, 0, 0)
        for type_, flags, offset, address, size in self._segments:
            if file.bits == 64:
                header += self._pack("2I6Q", type_, flags, offset, address, 0, size, size, 1)
            else:
                header += self._pack("8I", type_, offset, address, 0, size, size, flags, 1)
        self._out[: len(header)] = header
