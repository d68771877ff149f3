"""Reports of lint, pins and outdated -> problems, each with the one edit that ends it."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from bedplate.model.check_report import Part, Problem
from bedplate.model.pin import PinStatus
from bedplate.model.severity import Severity
from bedplate.model.tag_choice import Axis
from bedplate.reporting.outdated_words import move
from bedplate.updating.verify_pins import NOT_PINNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bedplate.model.check_policy import CheckPolicy
    from bedplate.model.lint_report import LintReport
    from bedplate.model.outdated_report import OutdatedReport, OutdatedRow
    from bedplate.model.pin import Pin, PinReport
    from bedplate.model.violation import Violation

    Rows = Mapping[tuple[str, int, str], OutdatedRow]

_ABOUT_PINS = frozenset(("digest-drift", "digest-gone"))
_WRONG = frozenset((PinStatus.DRIFTED, PinStatus.GONE, PinStatus.UNLOCKED))
_RELOCK = "bedplate pin --lockfile --unpin && bedplate pin --lockfile"


def told_once(problems: Iterable[Problem], pins: Iterable[Problem]) -> tuple[Problem, ...]:
    """Leave out what is told of the same place as a pin, with the same end."""
    failing = [one for one in pins if one.fails]
    places = {(one.path, one.line) for one in failing}
    ends = {(one.path, one.line, one.replacement) for one in failing if one.replacement}
    return tuple(
        one
        for one in problems
        if not (one.rule in _ABOUT_PINS and (one.path, one.line) in places)
        and (one.path, one.line, one.replacement) not in ends
    )


def lint_problems(report: LintReport, policy: CheckPolicy) -> Iterator[Problem]:
    """Give the violations; those of the severity that the policy names, or more, fail."""
    least = policy.lint or Severity.ERROR
    for one in report.violations:
        yield Problem(
            Part.LINT,
            one.rule,
            one.severity,
            one.message,
            one.path,
            one.line,
            _repair(one),
            fails=one.severity >= least,
        )


def _repair(one: Violation) -> str:
    if one.fix is None:
        return f"edit the line, or write above it: # bedplate: ignore={one.rule} REASON"
    how = "--fix" if one.fix.safe else "--fix=unsafe"
    return f"bedplate lint {how} {quote(one.path)}"


def rows_by_place(report: OutdatedReport | None) -> Rows:
    """Find what was decided for an image at a place."""
    rows = report.rows if report else ()
    return {(row.path, row.use.line, row.use.text): row for row in rows}


def pin_problems(
    report: PinReport, policy: CheckPolicy, rows: Rows, new: Mapping[Pin, str]
) -> Iterator[Problem]:
    """Give the pins that are not what they should be.

    A tag that moved on is no failure where the policy of updates leaves the pin where it is: it
    has the same content, or is too young.

    Args:
        report: of the pins that were verified.
        policy: whether every image must be pinned.
        rows: what was decided about updates.
        new: references that drifted pins would be, where that is known.
    """
    for pin in report.pins:
        row = rows.get((pin.path, pin.line, pin.image))
        bare = pin.status is PinStatus.SKIPPED and pin.note == NOT_PINNED
        if pin.status not in _WRONG and not bare:
            continue
        kept = _kept_because(row) if row and pin.status is PinStatus.DRIFTED else ""
        locked = "@" not in pin.image and not bare
        newer = row.newer if row else ""
        replacement = "" if bare or locked or kept else newer or new.get(pin, "")
        yield Problem(
            Part.PINS,
            "pin-missing" if bare else f"pin-{pin.status}",
            Severity.INFO if bare or kept else Severity.ERROR,
            f"{pin.image}: {pin.note or pin.status}{kept}",
            pin.path,
            pin.line,
            _pin_remedy(pin, replacement, bare=bare, locked=locked),
            fails=policy.pinned if bare else not kept,
            replacement=replacement,
        )


def _kept_because(row: OutdatedRow) -> str:
    """Say why updates refuse the new digest of a tag; empty when they do not."""
    if row.is_behind:
        return ""
    refused = (one for one in row.decision.refused if one.tag == row.reference.tag)
    return next((f"; kept: {one.detail or one.reason}" for one in refused), "")


def _pin_remedy(pin: Pin, replacement: str, *, bare: bool, locked: bool) -> str:
    if bare:
        return f"bedplate pin {quote(pin.path)}"
    if locked:
        return "bedplate pin --lockfile" if pin.status is PinStatus.UNLOCKED else _RELOCK
    command = f"bedplate update --axis digest {quote(pin.path)}"
    return f"write {replacement}" if replacement else command


def outdated_problems(report: OutdatedReport, policy: CheckPolicy) -> Iterator[Problem]:
    """Give the images that are behind."""
    words = " ".join(f"--axis {axis.name.lower()}" for axis in sorted(policy.outdated))
    for row in report.behind:
        candidate = row.decision.candidate
        if candidate is None:
            continue
        command = f"bedplate update {words} {quote(row.path)}"
        name = row.reference.familiar.partition("@")[0]
        what = "has a newer digest" if candidate.axis is Axis.DIGEST else "is behind"
        yield Problem(
            Part.OUTDATED,
            f"outdated-{candidate.axis.name.lower()}",
            Severity.WARNING,
            f"{name} {what}: {move(candidate)}",
            row.path,
            row.use.line,
            f"write {row.newer}, or run: {command}",
            fails=True,
            replacement=row.newer,
        )
