"""The contract of a gate: what a candidate must not be worse in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt

    from bedplate.model.candidate import Candidate
    from bedplate.model.delta import ImageDelta
    from bedplate.model.update_policy import UpdatePolicy


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether an app would still load on a candidate.

    Args:
        passed: None: it could not be told.
        detail: the first thing that is missing, or why it could not be told.
    """

    passed: bool | None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GateCase:
    """A candidate at a gate.

    Args:
        candidate: what could be moved to.
        policy: what holds for it.
        today: that ends of life are held against.
        platforms: that the current image is offered for; None: not known.
        delta: None: the images were not compared.
        proof: None: nothing was proved.
    """

    candidate: Candidate
    policy: UpdatePolicy
    today: dt.date
    platforms: tuple[str, ...] | None = None
    delta: ImageDelta | None = None
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """What a gate says; both empty: pass.

    Args:
        refused: why the candidate is not taken.
        unknown: why it can't be told.
    """

    refused: str = ""
    unknown: str = ""


class Gate(Protocol):
    """One thing that is looked at: a module with these names."""

    NAME: str

    def judge(self, case: GateCase, /) -> GateAnswer:
        """Look at one candidate."""
        ...
