"""The download does not grow by more than was allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.updating.gate import GateAnswer

if TYPE_CHECKING:
    from bedplate.updating.gate import GateCase

NAME = "size"


def judge(case: GateCase, /) -> GateAnswer:
    """Compare the compressed sizes; on disk where those are not known."""
    limit = case.policy.gates.growth
    if limit is None:
        return GateAnswer()
    if case.delta is None:
        return GateAnswer(unknown="the images were not compared")
    growth = case.delta.compressed.growth
    if growth is None:
        growth = case.delta.on_disk.growth
    if growth is None:
        return GateAnswer(unknown="the size of one of the images is not known")
    if growth > limit:
        return GateAnswer(f"it is {growth:.0f} % larger, more than {limit:g} %")
    return GateAnswer()
