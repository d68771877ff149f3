"""One streaming pass over a layer: unpack, walk, keep what was asked for."""

from __future__ import annotations

import re
from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.images.byte_stream import ByteStream
from bedplate.images.extraction import ELF, EXECUTABLE, Extraction
from bedplate.images.layer_index import FILE, HARDLINK, KINDS, LayerIndex
from bedplate.images.tar import TarHeader, TarWalk, owner_number
from bedplate.images.unpack import unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bedplate.images.image_source import ByteReader
    from bedplate.images.limits import Limits
    from bedplate.images.selection import Selection
    from bedplate.model.want import Want

WHITEOUT = ".wh."
OPAQUE = ".wh..wh..opq"
AUFS = ".wh..wh."

_BEFORE, _AFTER = 256, 4096  # bytes around a needle in which the whole match must lie
_MAX_HITS = 10_000
_MAX_DEPTH = 256  # folders; trees are walked by recursion in places
_BUFFERED_SEARCH = 16 * 1024 * 1024


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


def keep_wanted(
    index: LayerIndex,
    number: int,
    size: int,
    wants: Sequence[Want],
    pieces: Iterable[bytes],
) -> int:
    """Take what some wants ask for out of the content of one entry, into the index.

    Args:
        index: of the layer.
        number: of the entry.
        size: of the content, in bytes.
        wants: that the entry answers to.
        pieces: the content; read no further than somebody needs it.

    Returns:
        How many bytes the index has grown by.
    """
    whole = [want for want in wants if want.whole]
    searches = [want for want in wants if want.search is not None]
    extraction = Extraction(wants, size)
    most = max((w.limit for w in whole if w.head or w.limit >= size), default=-1)
    grown = 0
    if extraction.active:
        pieces = extraction.watch(pieces)
    if most >= 0:
        index.kept[number], pieces = _split_head(pieces, most)
        grown += len(index.kept[number])
    elif (whole or extraction.too_large) and not searches and not extraction.active:
        reason = f"{size} bytes are more than is read of it"
        index.refused.append((index.paths[number], reason))
    if searches:
        hit = search_pieces(searches, pieces)
        if hit is not None:
            index.found[number] = hit
    if extraction.active:
        deque(pieces, maxlen=0)  # the search may have stopped early
        extracts, reasons = extraction.results()
        if extracts:
            index.extracts[number] = extracts
            grown += sum(map(len, extracts.values()))
        index.refused += [(index.paths[number], reason) for reason in reasons]
    return grown


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


def _split_head(pieces: Iterable[bytes], size: int) -> tuple[bytes, Iterable[bytes]]:
    """Give the first `size` bytes, and all the pieces again for who comes next."""
    read = []
    have = 0
    source = iter(pieces)
    for piece in source:
        read.append(piece)
        have += len(piece)
        if have >= size:
            break
    content = b"".join(read)
    return content[:size], _chain(content, source)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def search_pieces(wants: list[Want], pieces: Iterable[bytes]) -> bytes | None:
    """Give what the first search that succeeds finds in a content that streams by."""
    searches = [_Search(want) for want in wants]
    for piece in pieces:
        for search in searches:
            if (hit := search.feed(piece)) is not None:
                return hit
        if all(search.finished for search in searches):
            break
    for search in searches:
        if (hit := search.end()) is not None:
            return hit
    return None


class _Search:
    """One search over a stream; holds an overlap, or a bounded buffer when it has no needle."""

    def __init__(self, want: Want) -> None:
        self._want = want
        self._pattern = re.compile(want.search or b"", re.DOTALL)
        self._tail = b""
        self._seen = 0
        self._hits = 0
        self.finished = False

    def feed(self, piece: bytes) -> bytes | None:
        """Look at the next piece."""
        if self.finished:
            return None
        self._seen += len(piece)
        self.finished = self._seen >= self._want.limit
        window = self._tail + piece
        if not self._want.needle:
            self._tail = window[:_BUFFERED_SEARCH]
            return None
        hit, rest = self._scan(window, last=False)
        self._tail = window[rest:]
        return hit

    def end(self) -> bytes | None:
        """Look at what is left when no more comes."""
        if not self._want.needle:
            return self._match(self._tail)
        return self._scan(self._tail, last=True)[0]

    def _scan(self, window: bytes, *, last: bool) -> tuple[bytes | None, int]:
        """Try every needle whose surroundings are there; tell from where to look again."""
        needle = self._want.needle
        at = window.find(needle)
        while at >= 0:
            if not last and at + _AFTER > len(window):
                return None, max(0, at - _BEFORE)
            self._hits += 1
            if self._hits > _MAX_HITS:
                self.finished = True
                return None, len(window)
            hit = self._match(window[max(0, at - _BEFORE) : at + _AFTER])
            if hit is not None:
                return hit, len(window)
            at = window.find(needle, at + 1)
        return None, max(0, len(window) - _BEFORE - len(needle))

    def _match(self, content: bytes) -> bytes | None:
        match = self._pattern.search(content)
        if match is None:
            return None
        return match.group(1) if self._pattern.groups else match.group(0)
