"""A count of the requests that a run made, per host and kind."""

from __future__ import annotations

import threading
from collections import Counter


class RequestBudget:
    """Counts what goes over the wire; safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._remaining: dict[str, int] = {}

    def count(self, host: str, kind: str) -> None:
        """Note one request.

        Args:
            host: `host[:port]` that it went to.
            kind: what for: `HEAD manifest`, `manifest`, `blob`, `token`, `tags`, `retry`,
                `redirect`, `challenge` (a 401 that was answered by a login), ...
        """
        with self._lock:
            self._requests[host, kind] += 1

    def recount(self, host: str, kind: str, actual: str) -> None:
        """Put one counted request down as another kind, known only after its answer."""
        with self._lock:
            self._requests[host, kind] -= 1
            self._requests[host, actual] += 1

    def limit(self, host: str, remaining: int) -> None:
        """Note how many requests a host says are left."""
        with self._lock:
            self._remaining[host] = remaining

    def total(self, *kinds: str, host: str = "") -> int:
        """Add up the requests of some kinds (all kinds when none is given), of one host or all."""
        with self._lock:
            return sum(
                count
                for (where, kind), count in self._requests.items()
                if (not kinds or kind in kinds) and (not host or where == host)
            )

    def line(self) -> str:
        """Render one line, hosts and kinds in order: `ghcr.io: 1 blob, 2 manifest, 1 token`."""
        with self._lock:
            hosts: dict[str, list[str]] = {}
            for (host, kind), count in sorted((+self._requests).items()):
                hosts.setdefault(host, []).append(f"{count} {kind}")
            for host, remaining in self._remaining.items():
                hosts.setdefault(host, []).append(f"{remaining} left in its rate limit")
        if not hosts:
            return "no requests"
        return "; ".join(f"{host}: {', '.join(parts)}" for host, parts in hosts.items())
