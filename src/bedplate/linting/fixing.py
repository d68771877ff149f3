"""Apply the fixes of violations to a text."""

from __future__ import annotations

import sys
from bisect import bisect_right, insort
from typing import TYPE_CHECKING

from bedplate.dockerfile.rewrite import rewrite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.edit import Edit
    from bedplate.model.violation import Violation


def apply_fixes(text: str, violations: Iterable[Violation], *, unsafe: bool = False) -> str:
    """Repair what can be repaired; of fixes that touch each other the first is applied.

    Args:
        text: the file that the violations were found in.
        violations: with spans in that text.
        unsafe: apply also fixes that may change what the built image does.
    """
    chosen: list[Edit] = []
    taken: list[tuple[int, int]] = []  # sorted; none touches another
    for violation in violations:
        fix = violation.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        if any(_touches(edit, taken) for edit in fix.edits):
            continue
        chosen += fix.edits
        for edit in fix.edits:
            insort(taken, (edit.span.start, edit.span.end))
    return rewrite(text, chosen)


def _touches(edit: Edit, taken: list[tuple[int, int]]) -> bool:
    """Tell whether an edit overlaps one of the spans, or is beside it."""
    place = bisect_right(taken, (edit.span.end, sys.maxsize))
    return place > 0 and taken[place - 1][1] >= edit.span.start
