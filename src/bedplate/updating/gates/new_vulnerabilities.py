"""The candidate brings no grave vulnerability that the current image does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.rating import Level
from bedplate.updating.gate import GateAnswer

if TYPE_CHECKING:
    from bedplate.updating.gate import GateCase

NAME = "new vulnerabilities"
_NAMED = 3


def judge(case: GateCase, /) -> GateAnswer:
    """Count new findings of the level, or graver, under the reading that was chosen."""
    limits = case.policy.gates
    if not limits.new_vulnerabilities:
        return GateAnswer()
    change = case.delta.vulnerabilities if case.delta else None
    if change is None:
        return GateAnswer(unknown="the packages of one of the images are not known")
    least = Level[limits.new_vulnerabilities.upper()]
    grave = [
        one
        for one in change.new
        if one.level(limits.reading) >= least and (one.fixable or not limits.fixable_only)
    ]
    if not grave:
        return GateAnswer()
    grave.sort(key=lambda one: (-one.level(limits.reading), one.vulnerability))
    named = ", ".join(
        f"{one.vulnerability} ({one.level(limits.reading).word}) in {one.component}"
        for one in grave[:_NAMED]
    )
    more = f" and {len(grave) - _NAMED} more" if len(grave) > _NAMED else ""
    return GateAnswer(f"new: {named}{more}")
