"""Findings and gates -> verdict."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration
from bedplate.matching.reading import VENDOR, gravest_first
from bedplate.model.scan_report import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.matching.gate import Gate
    from bedplate.model.finding import Finding

_PERIOD = re.compile(r"(\d{1,4})\s*([dw])", re.ASCII)
_DAYS = {"d": 1, "w": 7}
_NAMED = 3  # findings that a reason names


def parse_grace(text: str) -> dt.timedelta:
    """Read a period of grace: `7d`, `2w`.

    Raises:
        InvalidConfiguration: anything else.
    """
    found = _PERIOD.fullmatch(text.strip().lower())
    if found is None:
        raise InvalidConfiguration(f"--grace: not a period: {text[:40]!r}", "write 7d or 2w")
    return dt.timedelta(days=int(found[1]) * _DAYS[found[2]])


def judge(
    findings: Iterable[Finding],
    gates: Sequence[Gate],
    *,
    reading: str = VENDOR,
    grace: dt.timedelta | None = None,
    today: dt.date,
) -> Verdict:
    """Ask the gates; one that says no is enough.

    Args:
        findings: those that count, suppressed ones left out.
        gates: from `parse_gate`.
        reading: whose level counts.
        grace: findings count only when their fix has existed for so long; those without a
            fix do not, those whose fix has no date do.
        today: the day up to which grace runs.
    """
    counted = [finding for finding in findings if grace is None or _is_over(finding, grace, today)]
    reasons = []
    for gate in gates:
        refused = [finding for finding in counted if gate.refuses(finding, reading)]
        if refused:
            reasons.append(_reason(gate, refused, reading))
    return Verdict(bool(reasons), tuple(reasons))


def _is_over(finding: Finding, grace: dt.timedelta, today: dt.date) -> bool:
    if not finding.fixable:
        return False
    try:
        fixed = dt.date.fromisoformat(finding.fix_date[:10])
    except ValueError:
        return True
    return today - fixed >= grace


def _reason(gate: Gate, refused: Sequence[Finding], reading: str) -> str:
    worst = gravest_first(refused, reading)[:_NAMED]
    named = ", ".join(
        f"{one.vulnerability} ({one.level(reading).word}) in {one.component} {one.version}"
        for one in worst
    )
    more = f", and {len(refused) - _NAMED} more" if len(refused) > _NAMED else ""
    noun = "finding" if len(refused) == 1 else "findings"
    return f"{gate.text}: {len(refused)} {noun}: {named}{more}"
