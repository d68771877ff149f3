"""A request, its origin, and the redirects that we follow: no login leaves its origin."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bedplate.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import AbstractContextManager
    from typing import Protocol

    class ByteReader(Protocol):
        """A stream of bytes."""

        def read(self, size: int, /) -> bytes:
            """Give up to `size` bytes, empty at the end."""
            ...


STATUSES = frozenset({301, 302, 303, 307, 308})
_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_URL = 16 * 1024  # signed storage addresses take 2 to 4 KiB
_PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Stream:
    """A body that is too large to be held: opened anew each time that it is sent.

    Args:
        size: bytes.
        open: opens it at its start.
    """

    size: int
    open: Callable[[], AbstractContextManager[ByteReader]] = field(repr=False)

    def __iter__(self) -> Iterator[bytes]:
        with self.open() as reader:
            while piece := reader.read(_PIECE):
                yield piece


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Args:
        url: absolute, `http` or `https`.
        method: `GET`, `HEAD`, `POST`, ...
        headers: sent as they are.
        body: of a POST, PUT or PATCH.
        kind: what for, in the words of the request budget.
        schemes: schemes to try at this host, in order; the first that is spoken there stays.
            Empty for that of the URL.
        once: not sent again when its answer was lost or is a 5xx: it may have been obeyed.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | Stream | None = field(default=None, repr=False)
    kind: str = "request"
    schemes: tuple[str, ...] = ()
    once: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port: what a login is bound to."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin:
        """Take the origin of an absolute URL.

        Raises:
            RegistryError: not an http or https URL.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        host = parts.hostname or ""
        if parts.scheme not in _DEFAULT_PORTS or not host.isprintable() or not host.strip():
            raise RegistryError(f"{url[:200]!r} is not an http or https address")
        if port is None:
            port = _DEFAULT_PORTS[parts.scheme]
        return cls(parts.scheme, host, port)

    @property
    def name(self) -> str:
        """`host[:port]`, the port left out when it is the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def follow(request: Request, url: str, location: str) -> Request:
    """Make the request that a redirect asks for.

    Args:
        request: the one that was redirected.
        url: the address that answered.
        location: the `Location` header.

    Raises:
        RegistryError: no or a wrong address, a step from https down to http, or a request
            with a body, which may hold a login and is therefore never passed on.
    """
    here = Origin.of(url)
    if not location or len(location) > _MAX_URL:
        raise RegistryError(f"{here.name} redirects without an address to go to")
    if request.body is not None:
        raise RegistryError(f"{here.name} redirects a login request, which is not followed")
    try:
        target = urljoin(url, location).partition("#")[0]
    except ValueError as error:
        raise RegistryError(f"{here.name} redirects to a malformed address") from error
    there = Origin.of(target)
    if here.scheme == "https" and there.scheme == "http":
        raise RegistryError(
            f"{here.name} redirects from https to plain http at {there.name}, which is refused"
        )
    headers = request.headers
    if here != there:
        headers = {k: v for k, v in headers.items() if k.lower() not in _SECRET_HEADERS}
    return replace(request, url=target, headers=headers, kind="redirect", schemes=())
