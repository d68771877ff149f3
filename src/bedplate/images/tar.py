"""A tar walk that reads headers and leaves content to the caller.

Formats: POSIX.1-1988 ustar, POSIX.1-2001 pax (IEEE 1003.1, "pax Interchange Format"), GNU
(long names, base-256 numbers, sparse files in all four encodings), and v7.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import CorruptImage, LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.byte_stream import ByteStream
    from bedplate.images.limits import Limits

BLOCK = 512
_ZEROS = bytes(BLOCK)
_GNU_SPARSE_PER_BLOCK_END = 504
_REGULAR = b"0"
_LONG_NAME, _LONG_LINK, _PAX, _PAX_GLOBAL, _SPARSE = b"L", b"K", b"x", b"g", b"S"
_NO_CONTENT = frozenset((b"1", b"2", b"3", b"4", b"5", b"6"))


class TarHeader(NamedTuple):
    """One entry: names are raw bytes, `kind` is the type flag, `stored` what lies in the tar.

    `size` is the length of the content (larger than `stored` for sparse files). `owner` are
    mode, uid and gid as 8 bytes each, as they stand in the block: hardly anybody asks for
    them, so they are read when somebody does.
    """

    name: bytes
    kind: bytes
    size: int
    stored: int
    owner: bytes
    link: bytes
    sparse: bool

    @property
    def mode(self) -> int:
        """Permission bits, with those of the file type where a writer left them in."""
        return owner_number(self.owner, 0)

    @property
    def uid(self) -> int:
        """Numeric owner."""
        return owner_number(self.owner, 1)

    @property
    def gid(self) -> int:
        """Numeric group."""
        return owner_number(self.owner, 2)


def owner_number(owner: bytes, place: int) -> int:
    """Read mode (0), uid (1) or gid (2) out of 24 bytes; what is no number counts as 0."""
    field = owner[8 * place : 8 * place + 8]
    try:
        return _number(field, "")
    except CorruptImage:
        return 0


def pack_owner(mode: int, uid: int, gid: int) -> bytes:
    """Write mode, uid and gid as a header block has them (GNU base-256)."""
    return b"".join(
        b"\x80" + (number & (1 << 56) - 1).to_bytes(7, "big") for number in (mode, uid, gid)
    )


class TarWalk:
    """Walks the entries of one tar; iterate, and read at most `stored` bytes in between.

    Args:
        stream: the uncompressed tar.
        limits: bounds on names and extended headers.
    """

    def __init__(self, stream: ByteStream, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._global: dict[bytes, bytes] = {}
        self._left = 0
        self._padding = 0

    def content(self) -> Iterator[bytes]:
        """Give the stored content of the current entry in pieces."""
        for piece in self._stream.pieces(self._left):
            self._left -= len(piece)
            yield piece

    def starts_with(self, prefix: bytes) -> bool:
        """Tell how the content of the current entry begins, before any of it is read."""
        return self._left >= len(prefix) and self._stream.starts_with(prefix)

    def __iter__(self) -> Iterator[TarHeader]:
        """Walk the entries.

        Raises:
            CorruptImage: not a tar, or a truncated one.
            LimitExceeded: a name or an extended header beyond all measure.
        """
        stream = self._stream
        long_name = long_link = None
        pax: dict[bytes, bytes] = {}
        while True:
            block = stream.take(BLOCK)
            # POSIX ends with two zero blocks; many writers leave one or both out.
            if not block or block == _ZEROS:
                return
            header = _parse_block(block, stream.name)
            kind = header.kind
            if kind == _LONG_NAME:
                long_name = self._long(header.stored)
            elif kind == _LONG_LINK:
                long_link = self._long(header.stored)
            elif kind == _PAX:
                pax.update(_parse_pax(self._extended(header.stored), stream.name))
            elif kind == _PAX_GLOBAL:
                self._global.update(_parse_pax(self._extended(header.stored), stream.name))
            else:
                if kind == _SPARSE:
                    header = self._gnu_sparse(header, block)
                if long_name or long_link:
                    header = header._replace(
                        name=long_name or header.name, link=long_link or header.link
                    )
                if pax or self._global:
                    header = _apply_pax(header, {**self._global, **pax}, stream.name)
                self._left = header.stored
                self._padding = -header.stored % BLOCK
                yield header
                stream.skip(self._left + self._padding)
                long_name = long_link = None
                pax = {}

    def _long(self, size: int) -> bytes:
        if size > self._limits.name_bytes + 1:
            raise LimitExceeded(f"{self._stream.name}: a name of {size} bytes")
        return self._padded(size).rstrip(b"\0")

    def _extended(self, size: int) -> bytes:
        if size > self._limits.extended_header_bytes:
            raise LimitExceeded(f"{self._stream.name}: a pax header of {size} bytes")
        return self._padded(size)

    def _padded(self, size: int) -> bytes:
        content = self._stream.take(size + (-size % BLOCK))
        if len(content) < size:
            raise CorruptImage(f"{self._stream.name}: the tar ends in the middle of a header")
        return content[:size]

    def _gnu_sparse(self, header: TarHeader, block: bytes) -> TarHeader:
        # GNU manual, "Old GNU Format": isextended at 482, realsize at 483, then map blocks.
        extended = block[482]
        while extended:
            more = self._stream.take(BLOCK)
            if not more:
                raise CorruptImage(f"{self._stream.name}: the tar ends in a sparse map")
            extended = more[_GNU_SPARSE_PER_BLOCK_END]
        size = _number(block[483:495], self._stream.name)
        return header._replace(kind=_REGULAR, size=size, sparse=True)


def _parse_block(block: bytes, name: str) -> TarHeader:
    """Read one 512-byte header block (ustar layout, offsets of POSIX.1-1988)."""
    magic = block[257:262]
    if magic != b"ustar" and not _checksum_matches(block):
        raise CorruptImage(f"{name}: this is not a tar", "a layer must be a tar, plain or packed")
    path = block[:100].rstrip(b"\0") if block[99] else block[: block.index(0)]
    if magic == b"ustar" and block[345] and block[262] == 0:
        prefix = block[345:500].partition(b"\0")[0]
        path = prefix + b"/" + path
    kind = block[156:157]
    if kind == b"\0":  # v7, which writes folders as files with a slash at the end
        kind = b"5" if path.endswith(b"/") else _REGULAR
    elif kind == b"7":  # "contiguous" file
        kind = _REGULAR
    size = _number(block[124:136], name)
    link = block[157:257].partition(b"\0")[0] if block[157] else b""
    stored = 0 if kind in _NO_CONTENT else size
    return TarHeader(path, kind, stored, stored, block[100:124], link, sparse=False)


def _number(field: bytes, name: str) -> int:
    """Read an octal field, or GNU's base-256 when the first bit is set."""
    try:
        return int(field.rstrip(b"\0 ") or b"0", 8)
    except ValueError:
        pass
    if field[0] & 0x80:
        # the sign bit is the second highest; a negative owner or size means nothing
        return int.from_bytes(field[1:], "big") if field[0] == 0x80 else 0
    digits = field.partition(b"\0")[0].strip()
    if digits and not digits.strip(b"01234567"):
        return int(digits, 8)
    raise CorruptImage(f"{name}: a tar header with the number {field!r}")


def _checksum_matches(block: bytes) -> bool:
    try:
        stated = int(block[148:156].strip(b"\0 "), 8)
    except ValueError:
        return False
    return sum(block) - sum(block[148:156]) + 8 * 0x20 == stated


def _parse_pax(content: bytes, name: str) -> dict[bytes, bytes]:
    """Read `LENGTH KEY=VALUE` lines; the length counts the whole line with its newline."""
    records = {}
    at = 0
    while at < len(content) and content[at]:
        space = content.find(b" ", at, at + 20)
        digits = content[at:space]
        if space < 0 or not digits.isdigit():
            raise CorruptImage(f"{name}: a broken pax header")
        end = at + int(digits)
        key, equals, value = content[space + 1 : end].partition(b"=")
        if end <= space or end > len(content) or not equals or value[-1:] != b"\n":
            raise CorruptImage(f"{name}: a broken pax header")
        records[key] = value[:-1]
        at = end
    return records


def _apply_pax(header: TarHeader, pax: dict[bytes, bytes], name: str) -> TarHeader:
    """Let the extended header win over the block."""
    stored = header.stored
    if b"size" in pax and header.kind not in _NO_CONTENT:
        stored = _decimal(pax[b"size"], name)
    owner = header.owner
    if b"uid" in pax or b"gid" in pax:
        uid = _decimal(pax[b"uid"], name) if b"uid" in pax else header.uid
        gid = _decimal(pax[b"gid"], name) if b"gid" in pax else header.gid
        owner = pack_owner(header.mode, uid, gid)
    real = pax.get(b"GNU.sparse.realsize") or pax.get(b"GNU.sparse.size")
    return TarHeader(
        name=pax.get(b"GNU.sparse.name") or pax.get(b"path") or header.name,
        kind=header.kind,
        size=stored if real is None else _decimal(real, name),
        stored=stored,
        owner=owner,
        link=pax.get(b"linkpath", header.link),
        sparse=header.sparse or real is not None,
    )


def _decimal(value: bytes, name: str) -> int:
    if not value.isdigit() or len(value) > 20:
        raise CorruptImage(f"{name}: a pax header with the number {value[:32]!r}")
    return int(value)
