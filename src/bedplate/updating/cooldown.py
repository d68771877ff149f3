"""Whether a candidate has been there for long enough."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bedplate.model.decision import Refusal

if TYPE_CHECKING:
    from bedplate.model.update_policy import UpdatePolicy
    from bedplate.updating.published import Published

# builds that can be repeated write 1970, 1980 or year 1; there were no images before Docker
_FIRST = dt.datetime(2013, 3, 1, tzinfo=dt.UTC)


def too_young(
    published: Published, policy: UpdatePolicy, now: dt.datetime
) -> tuple[Refusal, str] | None:
    """Say why a candidate has to wait; None when it need not.

    With a minimum age, a candidate whose time nobody tells is refused. The settle window is for
    indexes that are still being published, and asks for no time that is not at hand.

    Args:
        published: the candidate.
        policy: how long.
        now: with a zone.
    """
    since = moment(published.created)
    if policy.minimum_age > 0:
        wanted = f"minimum-age is {_days(policy.minimum_age)}"
        if since is None:
            return Refusal.AGE_UNKNOWN, f"nobody tells since when it is there, and {wanted}"
        if now - since < dt.timedelta(days=policy.minimum_age):
            return Refusal.TOO_YOUNG, f"{_since(published)}, and {wanted}"
    is_index = published.platforms is not None and len(published.platforms) > 1
    if since is not None and is_index and now - since < dt.timedelta(hours=policy.settle):
        return Refusal.UNSETTLED, f"{_since(published)}, and settles for {policy.settle:g} h"
    return None


def moment(created: str) -> dt.datetime | None:
    """Read a time that a publisher wrote; None for none, and for one that can't be true."""
    try:
        # more digits than microseconds have are common: Go writes nanoseconds
        read = dt.datetime.fromisoformat(created[:64])
    except ValueError:
        return None
    read = read if read.tzinfo else read.replace(tzinfo=dt.UTC)
    return read if read >= _FIRST else None


def is_older(candidate: Published, current: Published) -> bool:
    """Tell whether a digest is of an earlier time than the one that it would replace."""
    after, before = moment(candidate.created), moment(current.created)
    return after is not None and before is not None and after < before


def _since(published: Published) -> str:
    return f"there since {published.created[:40]} ({published.time_source})"


def _days(days: float) -> str:
    return f"{days:g} day{'' if days == 1 else 's'}"
