"""Asks every gate about a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.updating.gates import GATES

if TYPE_CHECKING:
    from bedplate.updating.gate import GateCase


def judge(case: GateCase) -> tuple[str, tuple[str, ...]]:
    """Let every gate look at a candidate.

    Returns:
        why it is refused, empty when it is not; and what the gates could not tell.
    """
    unknown: list[str] = []
    for gate in GATES:
        answer = gate.judge(case)
        if answer.refused:
            return answer.refused, tuple(unknown)
        if answer.unknown:
            unknown.append(f"{gate.NAME}: {answer.unknown}")
    if unknown and case.policy.gates.must_know:
        return "; ".join(unknown), ()
    return "", tuple(unknown)
