"""What a check of a repository or of an image found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.severity import Severity
    from bedplate.model.skipped import Skipped


class Part(StrEnum):
    """A part of a check."""

    LINT = "lint"
    PINS = "pins"
    OUTDATED = "outdated"
    SCAN = "scan"


class State(StrEnum):
    """How a part, or the whole, ended."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong at one place.

    Args:
        part: that found it.
        rule: what is broken: the name of a lint rule, `pin-drifted`, `outdated-patch`, `scan`.
        severity: how much it matters.
        message: what is wrong, one line without a final stop.
        path: the file, as it was named; the image where there is no file.
        line: from 1; 0 where there is no file.
        remedy: the one edit or command that makes it go away.
        fails: whether the policy fails because of it.
        replacement: what the reference at that line has to become; empty where that is not known.
    """

    part: Part
    rule: str
    severity: Severity
    message: str
    path: str
    line: int
    remedy: str
    fails: bool
    replacement: str = ""

    @property
    def place(self) -> str:
        """Where it is: `Dockerfile:3`."""
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class PartResult:
    """What one part found.

    Args:
        part: which one.
        on: whether the policy wants it.
        looked_at: what was examined, in words: `3 files`.
        problems: in the order of files and lines.
        unexamined: what could not be examined.
        skipped: what was left out, and is no reason to doubt the rest.
        notes: what there is to know.
    """

    part: Part
    on: bool = True
    looked_at: str = ""
    problems: tuple[Problem, ...] = ()
    unexamined: tuple[Skipped, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def failing(self) -> tuple[Problem, ...]:
        """The problems that fail."""
        return tuple(one for one in self.problems if one.fails)

    @property
    def state(self) -> State:
        """How it ended; what is certain goes before what is not known."""
        if not self.on:
            return State.OFF
        if self.failing:
            return State.FAILED
        return State.UNKNOWN if self.unexamined else State.PASSED


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One run.

    Args:
        parts: all of them, in their order.
        must_know: what could not be examined does not pass.
        target: the image that was checked; empty for files.
        sources: files that hold the policy.
    """

    parts: tuple[PartResult, ...]
    must_know: bool = True
    target: str = ""
    sources: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of all parts."""
        return tuple(problem for part in self.parts for problem in part.problems)

    @property
    def state(self) -> State:
        """How it ended."""
        states = {part.state for part in self.parts}
        if State.FAILED in states:
            return State.FAILED
        if State.UNKNOWN in states and self.must_know:
            return State.UNKNOWN
        return State.PASSED
