"""A blob as a stream that survives broken connections."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Self

from bedplate.errors import CorruptImage, RegistryError, RegistryUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from bedplate.model.descriptor import Descriptor
    from bedplate.support.http_response import Response

_ATTEMPTS = 5  # times that a blob is taken up again
_PIECE = 64 * 1024  # bytes gathered per read, for the sake of who comes after
_CONTENT_RANGE = re.compile(r"bytes (\d{1,19})-\d{0,19}/(?:\d{1,19}|\*)")


class BlobReader:
    """Reads a blob once from its start to its announced size, and not a byte further.

    A connection that breaks is taken up where it broke, by a `Range` request; a server that
    ignores ranges is read from the start again, without what came already.

    Args:
        ask: sends the request, with these headers, and gives a 200, 206 or 416.
        descriptor: names the size.
        name: of the blob, for messages.
    """

    def __init__(
        self,
        ask: Callable[[dict[str, str]], Response],
        descriptor: Descriptor,
        name: str,
    ) -> None:
        self._ask = ask
        self._size = descriptor.size
        self._name = name
        self._at = 0
        self._attempts = 0
        self._closed = threading.Event()
        self._response = self._begin()

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes, empty at the end.

        Raises:
            CorruptImage: shorter or longer than announced.
            RegistryUnreachable: broken off more often than is worth another try.
        """
        pieces: list[bytes] = []
        wanted = min(size, _PIECE)
        while wanted > 0:
            chunk = self._next(wanted)
            pieces.append(chunk)
            wanted -= len(chunk)
            if not chunk:
                break
        return b"".join(pieces)

    def close(self) -> None:
        """Let the connection go."""
        self._closed.set()
        self._response.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _next(self, size: int) -> bytes:
        while True:
            try:
                # at the end one more byte is asked for: there should be none
                chunk = self._response.read(size)
            except RegistryUnreachable as error:
                if self._at == self._size:
                    return b""
                self._take_up(error)
                continue
            self._at += len(chunk)
            if self._at > self._size:
                raise CorruptImage(f"{self._name} is longer than the {self._size} bytes announced")
            if chunk or self._at == self._size:
                return chunk
            self._take_up(
                CorruptImage(f"{self._name} ends at byte {self._at} of {self._size} announced")
            )

    def _begin(self) -> Response:
        response = self._ask({})
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and length != str(self._size):
            response.close()
            raise CorruptImage(
                f"{self._name} has {length[:20]} bytes at {response.origin.name}, "
                f"{self._size} were announced"
            )
        return response

    def _take_up(self, error: CorruptImage | RegistryUnreachable) -> None:
        """Ask for the rest, or raise what ended the last attempt."""
        self._response.close()
        self._attempts += 1
        if self._attempts > _ATTEMPTS or self._closed.is_set():
            raise error
        response = self._ask({"Range": f"bytes={self._at}-"} if self._at else {})
        self._response = response
        if response.status == 416:
            response.close()
            raise CorruptImage(f"{self._name} ends before byte {self._at}") from error
        if response.status == 206:
            given = _CONTENT_RANGE.match(response.headers.get("Content-Range", ""))
            if given is None or int(given[1]) != self._at:
                raise RegistryError(f"{self._name}: another range came than was asked for")
        else:
            self._skip(self._at)

    def _skip(self, count: int) -> None:
        """Read away what came already; a break in here is left to the next attempt."""
        try:
            while count > 0:
                chunk = self._response.read(min(count, _PIECE))
                if not chunk:
                    break
                count -= len(chunk)
        except RegistryUnreachable as error:
            self._take_up(error)
        else:
            if count:
                self._take_up(CorruptImage(f"{self._name} ends before byte {self._at}"))
