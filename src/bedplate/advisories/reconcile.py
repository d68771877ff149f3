"""Rows of one package that say different things of one vulnerability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.advisory import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.advisories.packing import PackedAdvisory
    from bedplate.advisories.row import Row

# a row is superseded only by one with the same of these: another module stream, or a fix for
# subscribers, says nothing of it
_SCOPES = ("module", "pro")
_MODULAR = ".module"  # in the release of packages that a module's build made


def reconcile(rows: Sequence[Row], advisories: Sequence[PackedAdvisory]) -> list[Row]:
    """Drop rows without a fix where another row of the release names one, and double rows.

    A tracker's "open" and the later erratum that closes it come from documents of different
    days. Where several rows name a fix, all stay: the highest counts, since a version below
    any of them is vulnerable. "Not affected" stays too.

    Args:
        rows: of one package of a distribution's release.
        advisories: by the key in the rows.
    """
    if _speak_of_different_things(rows, advisories):
        return list(rows)
    fixed = {
        (cve, _scope(row))
        for row in rows
        if _names_fix(row)
        for cve in advisories[row.advisory].cves
    }
    kept: dict[tuple[object, ...], Row] = {}
    for row in rows:
        cves = advisories[row.advisory].cves
        open_ = row.status is not Status.NOT_AFFECTED and not _names_fix(row) and not row.versions
        if open_ and cves and all((cve, _scope(row)) in fixed for cve in cves):
            continue
        said = (
            advisories[row.advisory].id,
            row.status,
            row.until,
            row.bounds,
            row.versions,
            row.qualifiers,
        )
        kept.setdefault(said, row)
    return list(kept.values())


def _speak_of_different_things(rows: Sequence[Row], advisories: Sequence[PackedAdvisory]) -> bool:
    """Tell whether no two rows name the same advisory or CVE, as is so in most packages."""
    names = [
        name
        for row in rows
        for name in (advisories[row.advisory].id, *advisories[row.advisory].cves)
    ]
    return len(names) == len(set(names))


def _names_fix(row: Row) -> bool:
    if row.status is Status.NOT_AFFECTED:
        return False
    return bool(row.fixes)


def _scope(row: Row) -> tuple[str, ...]:
    modular = (_MODULAR,) if _MODULAR in row.until else ()
    if not row.qualifiers:
        return modular
    said = dict(row.qualifiers)
    return modular + tuple(said[name] for name in _SCOPES if name in said)
