"""No platform that the current image is offered for is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.updating.gate import GateAnswer

if TYPE_CHECKING:
    from bedplate.updating.gate import GateCase

NAME = "platforms"


def judge(case: GateCase, /) -> GateAnswer:
    """Compare the lists; the platforms in use count, where they are named."""
    if case.platforms is None or case.candidate.platforms is None:
        return GateAnswer()
    used = {str(one) for one in case.policy.platforms} or set(case.platforms)
    lost = sorted((used & set(case.platforms)) - set(case.candidate.platforms))
    return GateAnswer(f"not offered for {', '.join(lost)}") if lost else GateAnswer()
