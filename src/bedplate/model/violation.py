"""A place in a file that breaks a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.edit import Fix
    from bedplate.model.severity import Severity
    from bedplate.model.span import Span


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule at one place.

    Args:
        rule: name of the rule, as `untagged-base`.
        severity: how much it matters.
        message: what is wrong, one line without a final stop.
        path: the file, as it was named.
        line: first line of the instruction, from 1; other linters report the same one.
        span: the characters to mark.
        twins: codes under which other linters report this very place.
        fix: how to repair it, when there is a way.
        evidence: what shows it where the text alone does not: one line for each thing that was
            asked, of whom, and the date of an answer that is not of today.
    """

    rule: str
    severity: Severity
    message: str
    path: str
    line: int
    span: Span
    twins: tuple[str, ...] = ()
    fix: Fix | None = None
    evidence: tuple[str, ...] = ()
