"""What is behind, in the words that every format for people shares."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.tag_choice import Refused
from bedplate.reporting.vulnerability_words import levels
from bedplate.reporting.words import size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.candidate import Candidate
    from bedplate.model.decision import RefusedCandidate
    from bedplate.model.delta import ImageDelta, SizeChange
    from bedplate.model.outdated_report import OutdatedReport, OutdatedRow

_NO_NEWS = frozenset((Refused.PRECISION, Refused.PRERELEASE))


class Grouped(NamedTuple):
    """Rows that say the same of one image, wherever it is named."""

    row: OutdatedRow
    places: tuple[str, ...]


def grouped(rows: Iterable[OutdatedRow]) -> list[Grouped]:
    """Put the places of one image with one answer together, in the order of the first."""
    found: dict[tuple[object, ...], list[OutdatedRow]] = {}
    for row in rows:
        found.setdefault((row.reference, row.decision, row.newer), []).append(row)
    return [Grouped(some[0], tuple(map(place, some))) for some in found.values()]


def place(row: OutdatedRow) -> str:
    """Say where an image is named."""
    return f"{row.path}:{row.use.line}"


def target(row: OutdatedRow) -> str:
    """Say what an image could move to: the tag, or the beginning of the digest."""
    candidate = row.decision.candidate
    if candidate is None:
        return ""
    if candidate.tag != row.reference.tag:
        return candidate.tag
    return f"{candidate.tag}@{candidate.digest[:19]}"


def move(candidate: Candidate) -> str:
    """Say on which axes it moves, and by how much: `minor (4 releases)`."""
    names = " + ".join(axis.name.lower() for axis in candidate.axes)
    if candidate.behind < 1:
        return names
    return f"{names} ({candidate.behind} release{'' if candidate.behind == 1 else 's'})"


def fixes(delta: ImageDelta | None) -> str:
    """Say what it would fix; empty where that is not known."""
    change = delta.vulnerabilities if delta else None
    if change is None:
        return ""
    gone = f"fixes {levels(change.fixed_counts.vendor)}" if change.fixed else "fixes nothing known"
    return f"{gone}; new: {levels(change.new_counts.vendor)}" if change.new else gone


def resized(change: SizeChange) -> str:
    """Write a size before and after: `48.1 MB -> 47.0 MB (-2 %)`."""
    growth = "" if change.growth is None else f" ({change.growth:+.0f} %)"
    return f"{size(change.before)} -> {size(change.after)}{growth}"


def refusals(refused: Iterable[RefusedCandidate], most: int) -> list[str]:
    """Say which candidates were not taken, the newest of each reason.

    That there are other spellings and pre-releases is no news.
    """
    newest: dict[str, RefusedCandidate] = {}
    for one in refused:
        if one.reason not in _NO_NEWS:
            newest.setdefault(one.reason, one)
    shown = list(newest.values())[:most]
    return [f"not {one.tag}: {one.detail or one.reason}" for one in shown]


def summary(report: OutdatedReport) -> str:
    """Say it in one line."""
    count = len(report.rows)
    images = f"{count} image{'' if count == 1 else 's'}"
    files = f"{report.files} file{'' if report.files == 1 else 's'}"
    if not count:
        return "no images"
    counts = Counter(row.decision.candidate.axis for row in report.rows if row.decision.candidate)
    parts = [f"{counts[axis]} {axis.name.lower()}" for axis in sorted(counts, reverse=True)]
    behind = f"{len(report.behind)} behind" + (f" ({', '.join(parts)})" if parts else "")
    unknown = f", {len(report.unexamined)} not examined" if report.unexamined else ""
    return f"{images} in {files}: {behind}{unknown}"
