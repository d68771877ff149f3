"""A delta as rows of a table: what, before, after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.vulnerability_words import levels
from bedplate.reporting.words import NONE, UNKNOWN, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.base_facts import EndOfLife
    from bedplate.model.delta import ImageDelta, SizeChange, VulnerabilityChange
    from bedplate.model.vulnerability_counts import VulnerabilityCounts

Row = tuple[str, str, str]
_READINGS = {"vendor": "vulnerabilities, by vendor", "cvss": "vulnerabilities, by CVSS"}
# shown although they are the same on both sides: their being the same is worth knowing
_ALWAYS = frozenset({"distribution", "libc", "runtime", "user"})


def delta_rows(delta: ImageDelta) -> Iterator[Row]:
    """Write sizes, vulnerabilities, and every fact that differs or that one wants to know."""
    yield _size("compressed", delta.compressed)
    yield _size("on disk", delta.on_disk)
    change = delta.vulnerabilities
    for reading, title in _READINGS.items():
        if change is None:
            yield title, UNKNOWN, UNKNOWN
        else:
            yield title, _before(change, reading), _after(change, reading)
    for one in delta.changes:
        if one.differs or (one.fact in _ALWAYS and one.after):
            yield one.fact, _word(one.before), _word(one.after)
    if delta.end_of_life or delta.end_of_life_before:
        yield "end of support", _ends(delta.end_of_life_before), _ends(delta.end_of_life)
    packages = delta.packages
    if packages is not None:
        before = packages.same + len(packages.changed) + len(packages.removed)
        after = packages.same + len(packages.changed) + len(packages.added)
        said = f"{len(packages.added)} new, {len(packages.removed)} gone"
        yield "packages", str(before), f"{after} ({said}, {len(packages.changed)} changed)"


def _size(title: str, change: SizeChange) -> Row:
    growth = "" if change.growth is None else f" ({change.growth:+.0f} %)"
    return title, size(change.before), f"{size(change.after)}{growth}"


def _word(value: str | None) -> str:
    return UNKNOWN if value is None else value or NONE


def _ends(ends: Iterable[EndOfLife]) -> str:
    said = (f"{one.title}: {one.date or ('over' if one.ended else UNKNOWN)}" for one in ends)
    return ", ".join(said) or UNKNOWN


def _before(change: VulnerabilityChange, reading: str) -> str:
    return f"{_counted(change.fixed_counts, reading)} fixed by this"


def _after(change: VulnerabilityChange, reading: str) -> str:
    new, stay = _counted(change.new_counts, reading), _counted(change.remaining_counts, reading)
    return f"new: {new}; remaining: {stay}"


def _counted(counts: VulnerabilityCounts, reading: str) -> str:
    fixable = sum(one.fixable for one in counts.reading(reading))
    words = levels(counts.reading(reading))
    return f"{words} ({fixable} fixable)" if fixable else words
