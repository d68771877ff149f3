"""Serves the numbers of a watch to Prometheus; loopback unless told otherwise."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar, Self

from bedplate.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_LOOPBACK = "127.0.0.1"
_TIMEOUT = 10.0  # seconds that a client may be silent


class MetricsServer:
    """Answers `GET /metrics` while it is open.

    Args:
        address: `PORT` or `HOST:PORT`.
        text: gives the answer.
        content_type: of the answer.

    Raises:
        BadInput: not an address.
        Unavailable: it is taken, or not of this machine.
    """

    def __init__(self, address: str, text: Callable[[], str], content_type: str) -> None:
        host, _, port = address.rpartition(":")
        if not port.isdecimal() or len(port) > 5 or int(port) > 65_535:
            raise BadInput(f"--metrics: {address[:100]!r} is no address", "write PORT or HOST:PORT")
        try:
            place = (host.strip("[]") or _LOOPBACK, int(port))
            self._server = ThreadingHTTPServer(place, _handler(text, content_type))
        except OSError as error:
            raise Unavailable(f"--metrics {address}: {error.strerror or error}") from error
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)

    @property
    def port(self) -> int:
        """The port that it answers at."""
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(text: Callable[[], str], content_type: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout: ClassVar[float | None] = _TIMEOUT
        server_version = "bedplate"
        sys_version = ""

        def do_GET(self) -> None:
            found = self.path.partition("?")[0] == "/metrics"
            body = text().encode() if found else b"see /metrics\n"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", content_type if found else "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *_arguments: object) -> None:
            """Say nothing."""

    return Handler
