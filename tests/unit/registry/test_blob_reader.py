"""Blobs over connections that break anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import CorruptImage, RegistryUnreachable
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.registry.blob_reader import BlobReader
from bedplate.support.http_request import Origin
from bedplate.support.http_response import Response

ORIGIN = Origin("https", "a.example", 443)


class FlakyServer:
    """Gives a blob by ranges or not, and breaks off after so many bytes each time.

    Args:
        content: the blob.
        breaks: bytes after which one answer after the other breaks off; then no more.
        ranges: whether `Range` is honoured.
        polite: end early as if that were all, rather than with an error.
    """

    def __init__(self, content: bytes, breaks: list[int], *, ranges: bool, polite: bool) -> None:
        self.content, self.breaks, self.ranges, self.polite = content, breaks, ranges, polite
        self.open = 0

    def ask(self, headers: dict[str, str]) -> Response:
        start, status, given = 0, 200, {}
        if "Range" in headers and self.ranges:
            start = int(headers["Range"][6:-1])
            status = 206
            given = {"Content-Range": f"bytes {start}-{len(self.content) - 1}/{len(self.content)}"}
        rest = self.content[start:]
        stop = self.breaks.pop(0) if self.breaks else len(rest)
        position = 0

        def read(size: int) -> bytes:
            nonlocal position
            if position >= stop < len(rest):
                if self.polite:
                    return b""
                raise RegistryUnreachable("broken")
            chunk = rest[position : min(position + size, max(stop, 0))]
            position += len(chunk)
            return chunk

        def close() -> None:
            self.open -= 1

        self.open += 1
        return Response(status, given, "https://a.example/", ORIGIN, read, close)


def _reader(server: FlakyServer) -> BlobReader:
    size = len(server.content)
    return BlobReader(server.ask, Descriptor("a/b", Digest.of(server.content), size), "blob")


@given(
    content=st.binary(max_size=300),
    breaks=st.lists(st.integers(0, 300), max_size=5),
    ranges=st.booleans(),
    polite=st.booleans(),
    sizes=st.lists(st.integers(1, 400), min_size=1, max_size=4),
)
def test_every_byte_comes_once_and_in_order(
    content: bytes, breaks: list[int], sizes: list[int], *, ranges: bool, polite: bool
) -> None:
    server = FlakyServer(content, breaks, ranges=ranges, polite=polite)
    with _reader(server) as reader:
        came = bytearray()
        while piece := reader.read(sizes[len(came) % len(sizes)]):
            came += piece
    assert bytes(came) == content
    assert server.open == 0


def _read_all(reader: BlobReader) -> None:
    while reader.read(10):
        pass


def test_patience_ends() -> None:
    server = FlakyServer(b"x" * 100, [1] * 50, ranges=True, polite=False)
    with _reader(server) as reader, pytest.raises(RegistryUnreachable, match="broken"):
        _read_all(reader)
    assert len(server.breaks) >= 40


def test_a_blob_that_always_ends_early_is_corrupt() -> None:
    server = FlakyServer(b"x" * 100, [1] * 50, ranges=True, polite=True)
    with _reader(server) as reader, pytest.raises(CorruptImage, match="of 100 announced"):
        _read_all(reader)
