"""What is in the candidate is still supported, whatever its tag says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bedplate.model.tag_policy import Ended
from bedplate.updating.gate import GateAnswer

if TYPE_CHECKING:
    from bedplate.model.base_facts import EndOfLife
    from bedplate.updating.gate import GateCase

NAME = "end of life"


def judge(case: GateCase, /) -> GateAnswer:
    """Hold the ends of the release and the runtimes against the day.

    What was in the current image already may end: a patch makes an old release no worse.
    """
    if case.delta is None:
        return GateAnswer(unknown="the images were not compared")
    if case.policy.ended is not Ended.NEVER:
        return GateAnswer()
    there = {(one.product, one.cycle) for one in case.delta.end_of_life_before}
    last_day = case.today + dt.timedelta(days=case.policy.margin)
    for end in case.delta.end_of_life:
        if (end.product, end.cycle) not in there and _is_over(end, last_day):
            return GateAnswer(f"support of {end.title} ends on {end.date or 'a day in the past'}")
    return GateAnswer()


def _is_over(end: EndOfLife, day: dt.date) -> bool:
    return dt.date.fromisoformat(end.date) <= day if end.date else bool(end.ended)
