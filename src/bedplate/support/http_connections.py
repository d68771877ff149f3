"""Connections that keep their time-outs as a whole, and one that goes to a unix socket."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from urllib3 import ProxyManager, make_headers
from urllib3.connection import HTTPConnection, HTTPException, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.util import parse_url

if TYPE_CHECKING:
    from ssl import SSLContext

    from urllib3._base_connection import BaseHTTPConnection, BaseHTTPSConnection

    from bedplate.support.http_request import Origin

_KEPT_OPEN = 16  # connections per host; layers are read in parallel
_GRACE = 0.25  # seconds that the socket's own time-out has before the watchdog bites


def _look_up(host: str, port: int, patience: float) -> list[Any]:
    """Ask for the addresses of a name; on a thread, since the question itself has no time-out.

    Raises:
        TimeoutError: no answer within `patience` seconds.
        OSError: the name does not resolve.
    """
    answers: queue.SimpleQueue[list[Any] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=patience)
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer


class _Patient(HTTPConnection):
    """A connection whose time-outs bound all addresses, and all header lines, together."""

    def _new_conn(self) -> socket.socket:
        """Connect to the first address that answers, dividing the time among them."""
        host = self._dns_host
        patience = self.timeout if isinstance(self.timeout, int | float) else 3.0
        deadline = time.monotonic() + patience
        try:
            found = _look_up(host, self.port, patience)
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"no address within {patience:g} s") from error
        except (OSError, UnicodeError) as error:
            reason = error if isinstance(error, socket.gaierror) else socket.gaierror(str(error))
            raise NameResolutionError(host, self, reason) from error
        problem: OSError = OSError("no address")
        for left, (family, kind, protocol, _, address) in zip(
            range(len(found), 0, -1), found, strict=True
        ):
            sock = socket.socket(family, kind, protocol)
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(max(0.05, (deadline - time.monotonic()) / left))
                sock.connect(address)
            except OSError as error:
                sock.close()
                problem = error
            else:
                sock.settimeout(max(0.05, deadline - time.monotonic()))
                return sock
        if isinstance(problem, TimeoutError):
            raise ConnectTimeoutError(self, f"no connection within {patience:g} s") from problem
        raise NewConnectionError(self, str(problem)) from problem

    def getresponse(self) -> Any:
        """Wait for status and headers; a host that trickles them is cut off."""
        if not isinstance(self.timeout, int | float):
            return super().getresponse()
        late = threading.Event()
        watchdog = threading.Timer(self.timeout + _GRACE, self._cut, (late,))
        watchdog.daemon = True
        watchdog.start()
        try:
            response = super().getresponse()
        except (OSError, HTTPException):
            if late.is_set():
                raise TimeoutError from None
            raise
        finally:
            watchdog.cancel()
        if late.is_set():  # half of the headers look like a whole answer
            response.close()
            raise TimeoutError
        return response

    def _cut(self, late: threading.Event) -> None:
        late.set()
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


class _PatientTls(_Patient, HTTPSConnection):
    """The same over TLS."""


class _Unix(_Patient):
    """A connection to a socket in the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def _new_conn(self) -> socket.socket:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            if isinstance(self.timeout, int | float):
                sock.settimeout(self.timeout)
            sock.connect(self._path)
        except OSError as error:
            sock.close()
            raise NewConnectionError(self, error.strerror or str(error)) from error
        return sock


class PlainPool(HTTPConnectionPool):
    """Connections to one host without TLS."""

    ConnectionCls: type[BaseHTTPConnection | BaseHTTPSConnection] = _Patient


class TlsPool(HTTPSConnectionPool):
    """Connections to one host with TLS."""

    ConnectionCls: type[BaseHTTPSConnection] = _PatientTls

    def _validate_conn(self, conn: BaseHTTPConnection) -> None:
        """Connect; without urllib3's warning, as taking any certificate was the user's word."""
        if conn.is_closed:
            conn.connect()


class UnixPool(HTTPConnectionPool):
    """Connections to one unix socket."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def _new_conn(self) -> BaseHTTPConnection:
        self.num_connections += 1
        return _Unix(self._path)


def open_pool(origin: Origin, context: SSLContext | None, proxy: str) -> HTTPConnectionPool:
    """Make the pool of connections to one origin.

    Args:
        origin: where to.
        context: the TLS context; None for plain HTTP.
        proxy: URL of the proxy that stands between, or empty.
    """
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    if proxy:
        login = parse_url(proxy).auth
        headers = make_headers(proxy_basic_auth=login) if login else None
        manager = ProxyManager(proxy, proxy_headers=headers, maxsize=_KEPT_OPEN)
        manager.pool_classes_by_scheme = {"http": PlainPool, "https": TlsPool}
        extra = {} if context is None else {"ssl_context": context}
        return manager.connection_from_host(host, origin.port, origin.scheme, extra)
    if context is not None:
        return TlsPool(host, origin.port, maxsize=_KEPT_OPEN, ssl_context=context)
    return PlainPool(host, origin.port, maxsize=_KEPT_OPEN)
