"""The one door to HTTP: pools, time-outs, retries, redirects, proxies, unix sockets."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import urllib3
import urllib3.exceptions as failures

from bedplate._version import __version__
from bedplate.errors import RateLimited, RegistryError, RegistryUnreachable
from bedplate.support.http_connections import UnixPool, open_pool
from bedplate.support.http_failures import Broken, Refused, explain
from bedplate.support.http_request import STATUSES, Origin, Request, follow
from bedplate.support.http_response import Response
from bedplate.support.http_retry import LIMITED, RETRIED, backoff, rate_limit, refusal, wanted_wait
from bedplate.support.http_settings import HttpSettings, Tls
from bedplate.support.request_budget import RequestBudget

if TYPE_CHECKING:
    from collections.abc import Callable

    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

_SILENCE = 30.0  # seconds for which a host that did not answer is not asked again


class HttpClient:
    """Sends requests; safe for many threads.

    A host that has not answered yet gets `connect_timeout` seconds for all of name, connection,
    TLS and first answer; after that `read_timeout` counts. Resets, 5xx and 429 are tried again.

    Args:
        settings: patience and routes.
        tls: gives the certificates for a `host[:port]`.
        budget: counts what is sent.
        sleep, clock, chance: stand-ins for `time.sleep`, `time.time` and `random.random`.
    """

    def __init__(
        self,
        settings: HttpSettings | None = None,
        *,
        tls: Callable[[str], Tls] | None = None,
        budget: RequestBudget | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.settings = settings or HttpSettings()
        self.budget = budget or RequestBudget()
        self._tls = tls or (lambda _host: Tls())
        self._sleep, self._clock, self._chance = sleep, clock, chance
        self._lock = threading.Lock()
        self._pools: dict[Origin, HTTPConnectionPool] = {}
        self._answered: set[Origin] = set()
        self._spoken: dict[str, str] = {}  # network location -> scheme
        self._paused: dict[Origin, float] = {}  # until this time of the clock
        self._silent: dict[Origin, tuple[float, RegistryUnreachable]] = {}

    def send(self, request: Request) -> Response:
        """Send a request, and again where that helps, and follow its redirects.

        The answer may have any status but 429; the caller closes it.

        Raises:
            RegistryUnreachable: no answer in time, or a broken connection.
            RateLimited: the host asks for more patience than the settings allow.
            RegistryError: redirects that loop, go on for ever or are refused.
        """
        seen = {request.url}
        for _ in range(self.settings.redirects + 1):
            response = self._persist(request)
            if response.status not in STATUSES:
                return response
            response.discard()
            request = follow(request, response.url, response.headers.get("Location", ""))
            if request.url in seen:
                raise RegistryError(f"{response.origin.name} redirects in a circle")
            seen.add(request.url)
        raise RegistryError(
            f"{Origin.of(request.url).name} redirects more than {self.settings.redirects} times"
        )

    def located(self, request: Request) -> Origin:
        """Give the origin that a request goes to, in the scheme that is spoken there."""
        return Origin.of(self._located(request).url)

    def close(self) -> None:
        """Close every idle connection."""
        with self._lock:
            pools = list(self._pools.values())
            self._pools.clear()
        for pool in pools:
            pool.close()

    def _persist(self, request: Request) -> Response:
        """Send one request until it is answered or patience ends."""
        started, waited, attempt = time.monotonic(), 0.0, 0
        while True:
            waited += self._sit_out(self.located(request), waited)
            try:
                response = self._in_some_scheme(request, started)
            except Broken:
                delay = backoff(attempt, self._chance())
                spent = request.once or attempt >= self.settings.retries
                if spent or self._too_late(request, started, delay):
                    raise
            else:
                wanted = self._retry_delay(request, response, attempt, waited)
                if wanted is None:
                    return response
                delay = wanted
            self.budget.recount(self.located(request).name, _label(request), "retry")
            self._sleep(delay)
            waited += delay
            attempt += 1

    def _too_late(self, request: Request, started: float, delay: float) -> bool:
        """Tell whether a host that never answered would get more than its time."""
        known = self.located(request) in self._answered
        return not known and time.monotonic() - started + delay > self.settings.connect_timeout

    def _sit_out(self, origin: Origin, waited: float) -> float:
        """Wait until a pause that the host asked of any thread is over; give the seconds."""
        pause = self._paused.get(origin, 0.0) - self._clock()
        if pause <= 0:
            return 0.0
        if waited + pause > self.settings.longest_wait:
            raise _rate_limited(origin, pause)
        self._sleep(pause)
        return pause

    def _retry_delay(
        self, request: Request, response: Response, attempt: int, waited: float
    ) -> float | None:
        """Give the seconds after which to try again, None to take the answer as it is."""
        status = refusal(response.status, response.headers)
        if status not in (LIMITED if request.once else RETRIED):
            return None
        asked = wanted_wait(response.headers, self._clock())
        over = attempt >= self.settings.retries
        too_long = asked is not None and waited + asked > self.settings.longest_wait
        if status == 429 and (over or too_long):
            response.discard()
            raise _rate_limited(response.origin, asked)
        if over or too_long:
            return None
        response.discard()
        if asked is None or status not in (429, 503):
            return backoff(attempt, self._chance())
        self._paused[response.origin] = self._clock() + asked
        return asked

    def _note_limit(self, response: Response) -> None:
        """Remember what the host says is left, and hold back when that is nothing."""
        limit = rate_limit(response.headers, self._clock())
        if limit.remaining is None:
            return
        self.budget.limit(response.origin.name, limit.remaining)
        short = limit.reset is not None and limit.reset <= self.settings.longest_wait
        if limit.remaining == 0 and limit.reset is not None and short:
            self._paused[response.origin] = self._clock() + limit.reset

    def _in_some_scheme(self, request: Request, started: float) -> Response:
        """Send in the scheme that the host speaks, finding out when that is not known."""
        location = urlsplit(request.url).netloc
        if not request.schemes or location in self._spoken:
            return self._once(self._located(request), started)
        problem: Refused | None = None
        doubtful: Response | None = None
        for scheme in request.schemes:
            try:
                response = self._once(_with_scheme(request, scheme), started)
            except Refused as error:
                problem = error
                continue
            if scheme == "http" and response.status == 400 and scheme != request.schemes[-1]:
                doubtful = response  # how most TLS servers greet a plain request
                continue
            self._spoken[location] = scheme
            if doubtful is not None:
                doubtful.close()
            return response
        if doubtful is not None:
            return doubtful
        raise problem or RegistryUnreachable(f"{location} can't be reached")

    def _located(self, request: Request) -> Request:
        scheme = self._spoken.get(urlsplit(request.url).netloc)
        return _with_scheme(request, scheme) if scheme and request.schemes else request

    def _once(self, request: Request, started: float) -> Response:
        """Send one request once."""
        origin = Origin.of(request.url)
        self._raise_if_silent(origin)
        self.budget.count(origin.name, _label(request))
        try:
            raw = self._pool(origin).urlopen(
                request.method,
                self._target(request.url, origin),
                body=request.body,
                headers={"User-Agent": f"bedplate/{__version__}", **request.headers},
                retries=False,
                redirect=False,
                assert_same_host=False,  # behind a proxy the pool is the proxy's
                timeout=self._timeout(origin, started),
                preload_content=False,
                decode_content=False,
            )
        except (failures.HTTPError, OSError, ValueError) as error:
            problem = explain(error, origin.name, self._patience(origin))
            if origin not in self._answered and type(problem) is RegistryUnreachable:
                self._silent[origin] = (time.monotonic() + _SILENCE, problem)
            raise problem from error
        self._answered.add(origin)
        response = _wrap(raw, request.url, origin, self.settings.read_timeout)
        self._note_limit(response)
        return response

    def _raise_if_silent(self, origin: Origin) -> None:
        """Spare the next image the wait for a host that has just been waited for in vain."""
        until, problem = self._silent.get(origin, (0.0, None))
        if problem is not None and time.monotonic() < until:
            raise RegistryUnreachable(problem.message, problem.hint)

    def _timeout(self, origin: Origin, started: float) -> urllib3.Timeout:
        settings = self.settings
        if origin in self._answered:
            return urllib3.Timeout(connect=settings.connect_timeout, read=settings.read_timeout)
        left = max(0.05, started + settings.connect_timeout - time.monotonic())
        return urllib3.Timeout(total=left, connect=left, read=left)

    def _patience(self, origin: Origin) -> float:
        settings = self.settings
        return settings.read_timeout if origin in self._answered else settings.connect_timeout

    def _pool(self, origin: Origin) -> HTTPConnectionPool:
        with self._lock:
            pool = self._pools.get(origin)
            if pool is None:
                pool = self._pools[origin] = self._new_pool(origin)
            return pool

    def _new_pool(self, origin: Origin) -> HTTPConnectionPool:
        if self.settings.unix_socket:
            return UnixPool(self.settings.unix_socket)
        context = self._tls(origin.name).context() if origin.scheme == "https" else None
        return open_pool(origin, context, self._proxy(origin))

    def _proxy(self, origin: Origin) -> str:
        proxy = self.settings.proxies.url_for(origin.scheme, origin.host, origin.port)
        return proxy if not proxy or "://" in proxy else f"http://{proxy}"

    def _target(self, url: str, origin: Origin) -> str:
        """Give what stands in the request line: the whole URL when a proxy reads it."""
        if origin.scheme == "http" and self._proxy(origin) and not self.settings.unix_socket:
            return url
        parts = urlsplit(url)
        return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def _label(request: Request) -> str:
    """Give the kind of a request in the words of the budget."""
    return f"HEAD {request.kind}" if request.method == "HEAD" else request.kind


def _with_scheme(request: Request, scheme: str) -> Request:
    return replace(request, url=f"{scheme}:{request.url.partition(':')[2]}")


def _rate_limited(origin: Origin, seconds: float | None) -> RateLimited:
    when = "later" if seconds is None else f"in {seconds:.0f} s"
    return RateLimited(
        f"{origin.name} limits the rate of requests",
        f"log in for a higher limit, use a mirror, or try again {when}",
        seconds,
    )


def _wrap(raw: BaseHTTPResponse, url: str, origin: Origin, patience: float) -> Response:
    def read(size: int) -> bytes:
        try:
            return raw.read1(size) or b""
        except (failures.HTTPError, OSError, ValueError) as error:
            raise explain(error, origin.name, patience) from error

    def close() -> None:
        with contextlib.suppress(failures.HTTPError, OSError):
            raw.close()
            raw.release_conn()

    return Response(raw.status, raw.headers, url, origin, read, close)
