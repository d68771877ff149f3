"""One row of the advisories held against an installed version."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.advisories.namespaces import scheme_of
from bedplate.errors import InvalidVersion
from bedplate.model.advisory import Status
from bedplate.versions import affected, key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.advisories.row import Row
    from bedplate.matching.look_up import Ask, LookUp
    from bedplate.versions.scheme import SortKey

_EPOCH = re.compile(r"^\d+:")
_MODULAR = re.compile(r"\.module[+_]el\d")
_RELEASE = "~deb"  # in versions that were made for one release
_SYSTEMS = ("goos", "os")  # qualifiers that bind a row to operating systems
_LINUX = "linux"
_NO_EPOCH = "the package list does not tell epochs"
_OTHER_STREAM = "the erratum does not tell its module stream"


class Hit(NamedTuple):
    """A row that speaks of what is installed.

    Args:
        row: the row.
        name: under which it was found.
        fixed: versions that it names as fixed and that are newer than what is installed.
        note: why it is to be read with care; empty when it is not.
        pro: whether the fix is for subscribers of Ubuntu Pro only.
    """

    row: Row
    name: str
    fixed: tuple[str, ...] = ()
    note: str = ""
    pro: bool = False


class Answers(NamedTuple):
    """What the rows of one name say of a version.

    Args:
        affected: rows that call it vulnerable.
        not_affected: rows that say the package is not.
        resolved: rows that call other versions vulnerable, or this one elsewhere, in no order.
        unknown: how many could not be compared.
    """

    affected: list[Hit]
    not_affected: list[Row]
    resolved: Sequence[Row]
    unknown: int = 0


def hold(rows: Sequence[Row], ask: Ask, look_up: LookUp, *, epochs: bool = True) -> Answers:
    """Hold the rows of one name against a version.

    Args:
        rows: in the order of the store.
        ask: name and version.
        look_up: what it belongs to.
        epochs: whether the versions of this package list have their epochs.
    """
    scheme = scheme_of(look_up.namespace, ask.name)
    try:
        place = key(scheme, ask.version)
    except InvalidVersion:
        return Answers([], [], (), sum(_applies(row, ask, look_up) for row in rows))
    hits: list[Hit] = []
    spared: list[Row] = []
    resolved: list[Row] = []
    unknown = 0
    for number, row in enumerate(rows):
        plain = row.until if epochs else _EPOCH.sub("", row.until)
        # the rest is older still, see `Row`
        if plain and epochs and place >= key(scheme, plain):
            older = (one for one in rows[number:] if _applies(one, ask, look_up))
            return Answers(hits, spared, [*resolved, *older], unknown)
        if _is_elsewhere(row):
            resolved.append(row)
            continue
        if not _applies(row, ask, look_up):
            continue
        if row.status is Status.NOT_AFFECTED:
            spared.append(row)
            continue
        verdict = _is_older(place, plain, scheme, ask) if plain else _within(row, scheme, ask)
        if verdict is None:
            unknown += 1
        elif verdict:
            hits.append(_hit(row, ask, look_up, scheme, lost_epoch=plain != row.until))
        else:
            resolved.append(row)
    return Answers(hits, spared, resolved, unknown)


def _is_older(place: SortKey, until: str, scheme: str, ask: Ask) -> bool:
    """Tell whether a version lacks what another one fixes."""
    if ask.rebuilt and _RELEASE not in until:
        place = key(scheme, ask.rebuilt)
    return place < key(scheme, until)


def _within(row: Row, scheme: str, ask: Ask) -> bool | None:
    if not row.bounds and not row.versions:
        return True
    return affected(scheme, ask.version, row.ranges, row.versions)


def _is_elsewhere(row: Row) -> bool:
    """Tell whether a row is about other operating systems alone."""
    return bool(row.qualifiers) and any(
        name in _SYSTEMS and _LINUX not in value.split(",") for name, value in row.qualifiers
    )


def _applies(row: Row, ask: Ask, look_up: LookUp) -> bool:
    """Tell whether a row is about the kind of package that is asked for."""
    if not look_up.namespace.startswith("rpm:"):
        return True
    # errata name binary packages; only states are about a source as a whole
    if ask.is_source and row.fixes:
        return False
    return _same_module(row, ask, look_up)


def _same_module(row: Row, ask: Ask, look_up: LookUp) -> bool:
    """Compare only inside one module stream.

    Errata in OSV do not tell the stream; the version of what they fix mostly does.
    """
    module = dict(row.qualifiers).get("module") if row.qualifiers else ""
    if module:
        return module == look_up.module
    fixes = row.fixes
    if not fixes:
        return True
    modular = any(_MODULAR.search(fixed) for fixed in fixes)
    if not modular or not look_up.module:
        return modular == bool(look_up.module)
    stream = look_up.module.partition(":")[2]
    own = _EPOCH.sub("", ask.version)
    if not _is_of_stream(own, stream):
        return True
    return any(_is_of_stream(_EPOCH.sub("", fixed), stream) for fixed in fixes)


def _is_of_stream(version: str, stream: str) -> bool:
    return version == stream or version.startswith((f"{stream}.", f"{stream}-"))


def _hit(row: Row, ask: Ask, look_up: LookUp, scheme: str, *, lost_epoch: bool) -> Hit:
    fixed = row.fixes if row.until else _later_fixes(row, scheme, ask.version)
    note = look_up.note
    said = dict(row.qualifiers) if row.qualifiers else {}
    if lost_epoch:
        note = _NO_EPOCH
    elif look_up.module and not said.get("module") and fixed:
        stream = look_up.module.partition(":")[2]
        if not any(_is_of_stream(_EPOCH.sub("", one), stream) for one in fixed):
            note = _OTHER_STREAM
    elif said.get("confidence") == "low":
        note = "the advisory names no version that ends it"
    return Hit(row, ask.name, fixed, note, is_pro(row))


def is_pro(row: Row) -> bool:
    """Tell whether a row is about packages that subscribers of Ubuntu Pro alone get."""
    return bool(row.qualifiers) and any(name == "pro" for name, _ in row.qualifiers)


def _later_fixes(row: Row, scheme: str, version: str) -> tuple[str, ...]:
    """Give the fixed versions that are newer than what is installed, in any branch."""
    place = key(scheme, version)
    found: dict[str, None] = {}
    for fixed in row.fixes:
        try:
            if key(scheme, fixed) > place:
                found[fixed] = None
        except InvalidVersion:
            continue
    return tuple(found)
