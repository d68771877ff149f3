"""When to try again: what the headers of an answer ask for, and how long to back off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

LIMITED = frozenset({429})
RETRIED = LIMITED | {500, 502, 503, 504}
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

    Known are `RateLimit-Remaining: 76;w=21600` (Docker Hub), `RateLimit-Reset`, the same with `X-`
    (GitHub), and the one `RateLimit: limit=.., remaining=.., reset=..` or `"name";r=..;t=..` of
    the later drafts.

    Source: draft-ietf-httpapi-ratelimit-headers.
    """
    fields = _parameters(headers.get("RateLimit", ""))
    remaining_text, _, rest = _either(headers, "RateLimit-Remaining").partition(";")
    remaining = _seconds(remaining_text)
    if remaining is None:
        remaining = fields.get("remaining", fields.get("r"))
    window = _parameters(rest).get("w", fields.get("w"))
    reset = _seconds(_either(headers, "RateLimit-Reset").partition(";")[0])
    if reset is None:
        reset = fields.get("reset", fields.get("t"))
    if reset is not None and reset > _EPOCH_FROM:
        reset = max(0.0, reset - now)
    return RateLimit(None if remaining is None else int(remaining), window, reset)


def refusal(status: int, headers: Mapping[str, str]) -> int:
    """Give the status that an answer stands for: a 403 may be a rate limit, a 429 by meaning.

    Source: GitHub, "Rate limits for the REST API", "Exceeding the rate limit".
    """
    limited = bool(headers.get("Retry-After")) or rate_limit(headers, 0.0).remaining == 0
    return 429 if status == 403 and limited else status


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


def _either(headers: Mapping[str, str], name: str) -> str:
    return headers.get(name) or headers.get(f"X-{name}", "")


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
