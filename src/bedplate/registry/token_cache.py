"""Tokens by registry and scope, for as long as they live."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.registry.token_flow import Token
    from bedplate.support.http_request import Origin

_MARGIN = 10.0  # seconds before its end in which a token is no longer used


class TokenCache:
    """Keeps tokens in memory only; safe for many threads.

    Args:
        clock: gives seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens: dict[tuple[Origin, str], tuple[str, float]] = {}

    def get(self, registry: Origin, scope: str) -> str:
        """Give the token, empty when there is none that still lives."""
        with self._lock:
            value, end = self._tokens.get((registry, scope), ("", 0.0))
            return value if self._clock() < end else ""

    def put(self, registry: Origin, scope: str, token: Token) -> None:
        """Keep a token for this registry and scope alone."""
        with self._lock:
            end = self._clock() + token.lifetime - _MARGIN
            self._tokens[registry, scope] = (token.value, end)

    def drop_value(self, registry: Origin, scope: str, value: str) -> None:
        """Forget a token that was refused; a newer one that came meanwhile stays."""
        with self._lock:
            if self._tokens.get((registry, scope), ("", 0.0))[0] == value:
                self._tokens.pop((registry, scope), None)
