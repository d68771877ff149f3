"""Apply the fixes of violations to a text."""

from __future__ import annotations

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
    for violation in violations:
        fix = violation.fix
        if fix is None or not (fix.safe or unsafe):
            continue
        if not any(_touches(new, old) for new in fix.edits for old in chosen):
            chosen += fix.edits
    return rewrite(text, chosen)


def _touches(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end
