"""Which tag comes after another one, and which were refused on the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.tag import Tag


class Axis(IntEnum):
    """What moves from one tag to another, the least first.

    A newer build or date of the same version counts as a patch.
    """

    DIGEST = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3
    DISTRO = 4
    VARIANT = 5


class Refused(StrEnum):
    """Why a newer tag was not taken."""

    AXIS = "axis"
    PRECISION = "precision"
    PRERELEASE = "pre-release"
    DISTRO_DOWNGRADE = "older distribution"
    SHORT_TERM = "not long-term"
    END_OF_LIFE = "end of life"
    UNKNOWN_RELEASE = "unknown release"
    DENIED = "denied"
    NOT_ALLOWED = "not allowed"
    OUT_OF_RANGE = "out of range"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A newer tag that was not taken.

    Args:
        tag: as written.
        reason: the first that holds.
        detail: one line without a final stop: what was met, and what would allow it.
    """

    tag: str
    reason: Refused
    detail: str


@dataclass(frozen=True, slots=True)
class TagChoice:
    """The answer for one tag.

    Args:
        current: the tag that stands in the file.
        chosen: the newest one that the policy allows; `current` when there is none.
        axes: what moves, the most first; only DIGEST when the tag stays.
        refused: newer tags than `chosen` that the policy refuses, the newest first.
        more_refused: how many others were refused that are not listed.
    """

    current: Tag
    chosen: Tag
    axes: tuple[Axis, ...]
    refused: tuple[Refusal, ...] = ()
    more_refused: int = 0

    @property
    def axis(self) -> Axis:
        """The most that moves."""
        return self.axes[0]

    @property
    def moves(self) -> bool:
        """Whether there is another tag to take."""
        return self.chosen.text != self.current.text
