"""One streaming pass over a layer: unpack, walk, keep what was asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.images.byte_stream import ByteStream
from bedplate.images.extraction import ELF, EXECUTABLE
from bedplate.images.keeping import keep_wanted
from bedplate.images.layer_index import FILE, HARDLINK, KINDS, LayerIndex
from bedplate.images.tar import TarHeader, TarWalk, owner_number
from bedplate.images.unpack import unpack

if TYPE_CHECKING:
    from bedplate.images.image_source import ByteReader
    from bedplate.images.limits import Limits
    from bedplate.images.selection import Selection
    from bedplate.model.want import Want

WHITEOUT = ".wh."
OPAQUE = ".wh..wh..opq"
AUFS = ".wh..wh."

_MAX_DEPTH = 256  # folders; trees are walked by recursion in places


def index_layer(reader: ByteReader, name: str, selection: Selection, limits: Limits) -> LayerIndex:
    """Read a layer to its end and give its index.

    Args:
        reader: the packed layer.
        name: the layer, for messages.
        selection: whose bytes are kept.
        limits: bounds on entries, names and kept bytes.

    Raises:
        CorruptImage: not a tar, truncated, undecodable.
        LimitExceeded: a bomb, or more than the limits allow.
    """
    builder = _Builder(name, selection, limits)
    # on this thread: a thread of its own for unpacking costs more than it gains, since both
    # want the interpreter's lock and two processors have their hands full with hashing
    stream = ByteStream(unpack(reader, name, limits), name)
    walk = TarWalk(stream, limits)
    for header in walk:
        builder.add(header, walk)
    stream.drain()
    return builder.index


class _Builder:
    """Turns tar headers into columns."""

    def __init__(self, name: str, selection: Selection, limits: Limits) -> None:
        self.index = LayerIndex()
        self._name = name
        self._match = selection.match
        # a want of programs would be asked for every path: their magic is looked at instead
        self._match_program = selection.match_program if selection.programs else None
        self._limits = limits
        self._name_bytes = 0
        self._kept_bytes = 0

    def add(self, header: TarHeader, walk: TarWalk) -> None:
        """Take one entry in; its content is read from `walk` when somebody wants it."""
        self._count(len(header.name), len(header.link))
        written = header.name.decode("utf-8", "surrogateescape")
        path = normalise(written)
        if path is None or "\0" in path:
            self.index.refused.append((written.replace("\0", "?"), "its path leaves the root"))
            return
        base = path.rpartition("/")[2]
        kind = header.kind[0]
        if base.startswith(WHITEOUT):
            self._whiteout(path, base)
        elif kind not in KINDS:
            self.index.refused.append((path, f"a tar entry of the unknown type {chr(kind)!r}"))
        elif path.count("/") > _MAX_DEPTH:
            self.index.refused.append((path[:200], "its path is too deep"))
        elif path:
            self._append(path, kind, header)
            if header.stored and (wants := self._wants(path, header, walk)):
                self._keep(len(self.index.paths) - 1, header, wants, walk)

    def _wants(self, path: str, header: TarHeader, walk: TarWalk) -> tuple[Want, ...]:
        match = self._match_program
        if match is not None and _is_executable(header.owner[:8]) and walk.starts_with(ELF):
            return match(path)
        return self._match(path)

    def _count(self, name: int, link: int) -> None:
        limits = self._limits
        self._name_bytes += name + link
        if len(self.index.paths) >= limits.entries:
            raise LimitExceeded(f"{self._name}: more than {limits.entries} entries")
        if (
            name > limits.name_bytes
            or link > limits.name_bytes
            or self._name_bytes > limits.all_names_bytes
        ):
            raise LimitExceeded(f"{self._name}: names longer than any file system allows")

    def _append(self, path: str, kind: int, header: TarHeader) -> None:
        index = self.index
        if header.link:
            target = header.link.decode("utf-8", "surrogateescape").replace("\0", "?")
            if kind == HARDLINK:
                target = normalise(target) or ""
            index.links[len(index.paths)] = target
        index.paths.append(path)
        index.kinds.append(kind)
        index.sizes.append(min(header.size, 2**63) if kind == FILE else 0)
        index.owners += header.owner

    def _whiteout(self, path: str, base: str) -> None:
        folder = path[: -len(base)].rstrip("/")
        if base == OPAQUE:
            self.index.opaque.append(folder)
        elif not base.startswith(AUFS):  # aufs keeps its own books under .wh..wh.*
            target = base.removeprefix(WHITEOUT)
            if target:
                self.index.whiteouts.append(f"{folder}/{target}" if folder else target)

    def _keep(self, number: int, header: TarHeader, wants: tuple[Want, ...], walk: TarWalk) -> None:
        if header.sparse:
            self.index.refused.append((self.index.paths[number], "a sparse file is not read"))
            return
        content = walk.content()
        self._kept_bytes += keep_wanted(self.index, number, header.stored, wants, content)
        if self._kept_bytes > self._limits.kept_bytes:
            raise LimitExceeded(f"{self._name}: package data beyond all measure")


@lru_cache(maxsize=256)
def _is_executable(mode: bytes) -> bool:
    """Tell it from the field of a header; a layer has few different ones."""
    return owner_number(mode, 0) & EXECUTABLE != 0


def normalise(path: str) -> str | None:
    """Write a path from the root without `.`, `..`, doubled or outer slashes.

    None when it would leave the root: nothing outside the image is ever named.
    """
    if "//" not in path and "./" not in path and path[-1:] not in ("/", ".") and path[:1] != "/":
        return path
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return None
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
