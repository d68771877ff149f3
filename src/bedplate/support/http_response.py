"""An answer whose body is still on the wire, read within bounds of size and time."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Self

from bedplate.errors import BedplateError, LimitExceeded, RegistryUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from bedplate.support.http_request import Origin

_CHUNK = 64 * 1024
_SMALL = 64 * 1024  # a body up to here is read away so that its connection can be used again
_WINDOW = 60.0  # seconds of waiting ...
_WINDOW_BYTES = 16 * 1024  # ... in which at least so much must come


class Response:
    """Status, headers and a body to read once.

    Args:
        status: the HTTP status.
        headers: by name, in any case; repeated ones are joined by commas.
        url: the address that answered, after redirects.
        origin: of that address.
        read: gives up to n bytes of the body, empty at its end; raises RegistryUnreachable.
        close: lets the connection go.
    """

    def __init__(
        self,
        status: int,
        headers: Mapping[str, str],
        url: str,
        origin: Origin,
        read: Callable[[int], bytes],
        close: Callable[[], None],
    ) -> None:
        self.status = status
        self.headers = headers
        self.url = url
        self.origin = origin
        self._read = read
        self._close = close
        self._waited = 0.0
        self._came = 0

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes of the body, empty at the end.

        Raises:
            RegistryUnreachable: the connection broke, fell silent, or trickles.
        """
        started = time.monotonic()
        chunk = self._read(size)
        self._waited += time.monotonic() - started
        self._came += len(chunk)
        if self._waited > _WINDOW:
            if chunk and self._came < _WINDOW_BYTES:
                raise RegistryUnreachable(f"{self.origin.name} sends too slowly to go on")
            self._waited, self._came = 0.0, 0
        return chunk

    def document(self, limit: int, patience: float = 60.0) -> bytes:
        """Read the whole body and let the connection go.

        Args:
            limit: bytes; a longer body is refused.
            patience: seconds that it may take.

        Raises:
            LimitExceeded: longer than `limit`.
            RegistryUnreachable: the connection broke, or it takes too long.
        """
        deadline = time.monotonic() + patience
        content = bytearray()
        with self:
            while chunk := self.read(_CHUNK):
                content += chunk
                if len(content) > limit:
                    raise LimitExceeded(
                        f"{self.origin.name} answers with more than {limit} bytes "
                        "where a short document belongs"
                    )
                if time.monotonic() > deadline:
                    raise RegistryUnreachable(
                        f"{self.origin.name} has not finished its answer within {patience:g} s"
                    )
        return bytes(content)

    def discard(self) -> None:
        """Let the connection go, for re-use when the rest of the body is short."""
        with contextlib.suppress(BedplateError):
            self.document(_SMALL, patience=1.0)

    def close(self) -> None:
        """Let the connection go; closed unless the body was read to its end."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
