"""What the Go linker writes into every program: version, modules, settings of the build.

Source: Go source code, debug/buildinfo/buildinfo.go; runtime/debug/mod.go, `ParseBuildInfo`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.binaries.elf_image import EXECUTABLE, PT_LOAD, WRITABLE, ElfImage
from bedplate.binaries.searching import pieces
from bedplate.errors import InvalidBinary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MAGIC = b"\xff Go buildinf:"
_HEADER = 32  # magic, size of pointers, flags, then two pointers or nothing
_BIG_ENDIAN, _INLINE = 1, 2
_MAX_STRING = 4 * 1024 * 1024
_MAX_PLACES = 64
_MAX_LINES = 50_000
# The linker puts 16 bytes around the list of modules.
_START = bytes.fromhex("3077af0c9274080241e1c107e6d618e6")


@dataclass(frozen=True, slots=True)
class GoModule:
    """A module that a program was built from.

    Args:
        path: import path.
        version: `v1.2.3`, `(devel)`, or empty.
        checksum: `h1:...`; empty when there is none.
        replaced: the module that was asked for, where another one stood in for it.
    """

    path: str
    version: str = ""
    checksum: str = ""
    replaced: GoModule | None = None


@dataclass(frozen=True, slots=True)
class GoBuildInfo:
    """How a Go program was built.

    Args:
        version: of Go, `go1.22.3`; empty where it stands behind a pointer that is not known.
        path: import path of the program.
        main: its module; None when it was built without modules.
        modules: that it was built from, in order.
        settings: `CGO_ENABLED`, `GOARCH`, `-tags`, `-buildmode`, `vcs.revision`, ...
    """

    version: str
    path: str = ""
    main: GoModule | None = None
    modules: tuple[GoModule, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def cgo(self) -> bool | None:
        """Whether cgo was allowed (which does not mean used); None when it is not said."""
        value = self.settings.get("CGO_ENABLED")
        return None if value is None else value == "1"

    @property
    def tags(self) -> frozenset[str]:
        """Tags of the build."""
        return frozenset(self.settings.get("-tags", "").split(",")) - {""}


def read_go_buildinfo(data: bytes | memoryview) -> GoBuildInfo | None:
    """Find and read what the linker wrote.

    Args:
        data: an ELF file.

    Returns:
        None when it is no Go program, or one that was built without this information.
    """
    with memoryview(data) as view:
        try:
            image = ElfImage(view)
        except InvalidBinary:
            return None
        for place in _places(image):
            if (found := _Record(image, place).strings()) is not None:
                return parse_build_info(*found)
    return None


def _places(image: ElfImage) -> Iterator[int]:
    """Find the magic in writable segments, where the linker puts it."""
    left = _MAX_PLACES
    for segment in image.having(PT_LOAD):
        if segment.flags & (WRITABLE | EXECUTABLE) != WRITABLE:
            continue
        end = segment.offset + segment.size
        for start, piece in pieces(image.view, len(_MAGIC) - 1, segment.offset, end):
            at = piece.find(_MAGIC)
            while at >= 0 and left:
                left -= 1
                yield start + at
                at = piece.find(_MAGIC, at + 1)


class _Record:
    """One place of the magic, which may also be text of a program that looks for it."""

    def __init__(self, image: ElfImage, place: int) -> None:
        self._image = image
        self._place = place
        self._header = bytes(image.view[place : place + _HEADER])

    def strings(self) -> tuple[str, str] | None:
        """Give the version and the list of modules; None when this is no record."""
        header = self._header
        if len(header) < _HEADER:
            return None
        if header[15] & _INLINE:
            version, after = self._prefixed(self._place + _HEADER)
            listed, _ = self._prefixed(after)
        elif header[14] in (4, 8):
            size = header[14]
            version, listed = (self._pointed(header[at : at + size]) for at in (16, 16 + size))
        else:
            return None
        if not version.startswith((b"go", b"devel")):
            return None
        listed = listed[16:-16] if listed.startswith(_START) else b""
        return version.decode("utf-8", "replace"), listed.decode("utf-8", "replace")

    def _prefixed(self, at: int) -> tuple[bytes, int]:
        """Read a length (7 bits a byte, lowest first) and so many bytes."""
        size = 0
        view = self._image.view
        for place, byte in enumerate(bytes(view[at : at + 5])):
            size |= (byte & 0x7F) << 7 * place
            if not byte & 0x80:
                start = at + place + 1
                fits = size <= min(_MAX_STRING, len(view) - start)
                return (bytes(view[start : start + size]), start + size) if fits else (b"", at)
        return b"", at

    def _pointed(self, pointer: bytes) -> bytes:
        """Read a Go string, an address and a length, that stands at an address."""
        order = "big" if self._header[15] & _BIG_ENDIAN else "little"
        size = len(pointer)
        try:
            text = self._image.at(_number(pointer, order), 2 * size, "build information")
            length = _number(text[size:], order)
            if length > _MAX_STRING:
                return b""
            return self._image.at(_number(text[:size], order), length, "build information")
        except InvalidBinary:
            return b""


def _number(content: bytes, order: str) -> int:
    return int.from_bytes(content, "big" if order == "big" else "little")


def parse_build_info(version: str, listed: str) -> GoBuildInfo:
    """Read the list of modules and settings.

    Args:
        version: of Go; what follows a space (`X:loopvar`, experiments) is cut off.
        listed: lines of words with tabs between them: `path`, `mod`, `dep`, `=>`, `build`.
    """
    path = ""
    main: GoModule | None = None
    modules: list[GoModule] = []
    settings: dict[str, str] = {}
    last = ""
    for line in listed.split("\n")[:_MAX_LINES]:
        kind, _, rest = line.partition("\t")
        if kind == "path":
            path = rest
        elif kind == "mod":
            main = _module(rest)
        elif kind == "dep":
            modules.append(_module(rest))
        elif kind == "=>" and last == "mod" and main is not None:
            main = _module(rest, main)
        elif kind == "=>" and last == "dep":
            modules[-1] = _module(rest, modules[-1])
        elif kind == "build":
            name, _, value = rest.partition("=")
            settings[name] = value.strip('"')
        last = kind
    return GoBuildInfo(version.partition(" ")[0], path, main, tuple(modules), settings)


def _module(rest: str, replaced: GoModule | None = None) -> GoModule:
    path, version, checksum = [*rest.split("\t"), "", ""][:3]
    return GoModule(path, version, checksum, replaced)
