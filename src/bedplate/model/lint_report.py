"""What linting some files found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.severity import Severity
    from bedplate.model.skipped import Skipped
    from bedplate.model.violation import Violation


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """What a report says of a rule.

    Args:
        id: name of the rule.
        summary: what it finds, one sentence.
        severity: how much it matters.
        twins: codes of other linters that mean the same.
    """

    id: str
    summary: str
    severity: Severity
    twins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LintReport:
    """Files, and what is wrong with them.

    Args:
        texts: the text of every file by its path, as it was linted.
        violations: in the order of files and lines.
        rules: those that were run.
        skipped: files that could not be linted.
        known: how many violations a baseline hides.
        repaired: texts after fixes by path, for files that fixes change.
    """

    texts: dict[str, str]
    violations: tuple[Violation, ...]
    rules: tuple[RuleSummary, ...]
    skipped: tuple[Skipped, ...] = ()
    known: int = 0
    repaired: dict[str, str] | None = None
