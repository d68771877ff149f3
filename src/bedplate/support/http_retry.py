"""When to try again: what the headers of an answer ask for, and how long to back off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST_DELAY = 0.25  # seconds
LONGEST_DELAY = 8.0  # seconds
_EPOCH_FROM = 1e9  # a larger "reset" is a point in time, as some services send


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What a host says about its rate limit; None where it says nothing.

    Args:
        remaining: requests left.
        window: seconds that the limit is counted over.
        reset: seconds until it is full again.
    """

    remaining: int | None = None
    window: float | None = None
    reset: float | None = None


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Read `Retry-After` as seconds from `now` (seconds of the epoch), None if there is none.

    Source: RFC 9110, section 10.2.3.
    """
    text = headers.get("Retry-After", "").strip()
    if not text:
        return None
    seconds = _seconds(text)
    if seconds is not None:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def rate_limit(headers: Mapping[str, str], now: float) -> RateLimit:
    """Read the rate-limit headers.

    Known are `RateLimit-Remaining: 76;w=21600` (Docker Hub), `RateLimit-Reset`, and the one
    `RateLimit: limit=.., remaining=.., reset=..` or `"name";r=..;t=..` of the later drafts.

    Source: draft-ietf-httpapi-ratelimit-headers.
    """
    fields = _parameters(headers.get("RateLimit", ""))
    remaining_text, _, rest = headers.get("RateLimit-Remaining", "").partition(";")
    remaining = _seconds(remaining_text)
    if remaining is None:
        remaining = fields.get("remaining", fields.get("r"))
    window = _parameters(rest).get("w", fields.get("w"))
    reset = _seconds(headers.get("RateLimit-Reset", "").partition(";")[0])
    if reset is None:
        reset = fields.get("reset", fields.get("t"))
    if reset is not None and reset > _EPOCH_FROM:
        reset = max(0.0, reset - now)
    return RateLimit(None if remaining is None else int(remaining), window, reset)


def wanted_wait(headers: Mapping[str, str], now: float) -> float | None:
    """Give the seconds that a refusal (429, 503) asks to wait, None when it says nothing.

    Without `Retry-After` an exhausted limit counts: until its reset, else its whole window.
    """
    seconds = retry_after(headers, now)
    if seconds is not None:
        return seconds
    limit = rate_limit(headers, now)
    if limit.remaining != 0:
        return None
    return limit.reset if limit.reset is not None else limit.window


def backoff(attempt: int, chance: float) -> float:
    """Give the seconds before try `attempt` (0 = the first retry).

    Args:
        attempt: how many retries there were.
        chance: a random number from 0 to 1, so that many clients do not come back together.
    """
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(attempt, 16)) * (0.5 + chance / 2)


def _parameters(text: str) -> dict[str, float]:
    """Read the `name=number` pairs of a header value, whatever separates them."""
    found: dict[str, float] = {}
    for part in text[:1000].replace(";", ",").split(","):
        name, separator, value = part.strip().partition("=")
        number = _seconds(value)
        if separator and number is not None:
            found[name.strip().lower()] = number
    return found


def _seconds(text: str) -> float | None:
    """Read a count that is not negative."""
    try:
        number = float(text.strip()[:32])
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
