"""What was decided for one image: the candidate to move to, and those that were refused."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.candidate import Candidate


class Refusal(StrEnum):
    """Why a candidate is not proposed; beside these, the reasons of `tag_choice.Refused`."""

    IGNORED = "ignored"
    PLATFORM_LOST = "platform lost"
    SAME_CONTENT = "same content"
    OLDER_BUILD = "older build"
    TOO_YOUNG = "too young"
    AGE_UNKNOWN = "age not known"
    UNSETTLED = "not settled"
    NOT_EXAMINED = "not examined"
    GATE = "gate"


@dataclass(frozen=True, slots=True)
class RefusedCandidate:
    """A candidate that was not taken.

    Args:
        tag: as written; for a new digest of the same tag, that tag.
        reason: a value of `Refusal` or of `tag_choice.Refused`.
        detail: one line without a final stop.
        digest: what was refused, where that is more than the tag.
    """

    tag: str
    reason: str
    detail: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one image under one policy.

    Args:
        candidate: what to move to; None: it stays as it is.
        refused: nearer to the newest than `candidate`, the newest first.
        more_refused: how many others were refused that are not listed.
        failure: why it could not be decided; empty when it was.
        current_digest: what the current tag or digest stands for; empty: not known.
        current_platforms: that it is offered for; None: not known.
        notes: what there is to know.
    """

    candidate: Candidate | None = None
    refused: tuple[RefusedCandidate, ...] = ()
    more_refused: int = 0
    failure: str = ""
    current_digest: str = ""
    current_platforms: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
