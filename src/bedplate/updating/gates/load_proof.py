"""The app was not shown to break on the candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.updating.gate import GateAnswer

if TYPE_CHECKING:
    from bedplate.updating.gate import GateCase

NAME = "load proof"


def judge(case: GateCase, /) -> GateAnswer:
    """Take the verdict that was handed in; without one there is nothing to say."""
    proof = case.proof
    if proof is None or proof.passed:
        return GateAnswer()
    if proof.passed is None:
        return GateAnswer(unknown=proof.detail or "it could not be told")
    return GateAnswer(f"the app does not load on it: {proof.detail}")
