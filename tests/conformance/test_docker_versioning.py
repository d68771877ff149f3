"""Tags: what they say, which of two is newer, and which one an updater takes.

Rows on which both tools agree must be met by the default policy. Where they part, bedplate's
choice must be that of one of them, or a third one by the rule that is told in
docs/decisions/conformance.md; such a row counts as argued. The other kinds are mapped to the
same functions here: `renovate-debian` reads a code name as its number, `dependabot` never looks
beyond the version that `latest` has, and the like. Waiting periods and replacements of one image
by another are decided above tags; they are left out of the expected updates.
"""

from __future__ import annotations

import json
import operator
import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from bedplate.distros.codenames import release_of
from bedplate.errors import InvalidVersion
from bedplate.facts.end_of_life import load_table, lookup
from bedplate.model.tag_choice import Axis
from bedplate.model.tag_policy import DEFAULT_AXES, TagPolicy
from bedplate.runtimes.codenames import node_major
from bedplate.tags import compare, newest, parse
from bedplate.tags.version_range import is_within
from bedplate.versions import in_range

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bedplate.model.tag import Tag

KIND = "kind"
KINDS: frozenset[str] = frozenset()
_DAY = date(2026, 11, 23)  # on which the outcomes were recorded

Row = dict[str, Any]


@cache
def _listed(path: Path) -> tuple[str, ...]:
    return tuple(json.loads(path.read_text(encoding="utf-8")))


def _tags(row: Row, fixtures: Path) -> tuple[str, ...]:
    if "tags_file" in row:
        return _listed(fixtures / row["tags_file"])
    return tuple(row.get("tags") or ())


# Which tag is taken.


def _choose_two_tools(row: Row, tags: tuple[str, ...], argue: Callable[[str, str], None]) -> None:
    answers = row["expect"]
    chosen = newest(row["image"], row["current"], tags).chosen
    if answers["agree"]:
        assert chosen.text == answers["renovate"]
        return
    if chosen.text in (answers["renovate"], answers["dependabot"]):
        return
    current = parse(row["image"], row["current"])
    theirs = parse(row["image"], answers["dependabot"])
    assert answers["renovate"] == current.text, chosen.text
    assert (theirs.shape, theirs.precision) != (current.shape, current.precision), chosen.text
    assert (chosen.shape, chosen.precision) == (current.shape, current.precision)
    assert compare(chosen, current) > 0
    argue("argued", "the newest of the same precision, where Renovate does not read the tag")


def _capped(row: Row, tags: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what Dependabot is told to ignore, and what is newer than `latest`."""
    image = row["image"]
    ignored = (row.get("options") or {}).get("ignored", ())
    kept = [tag for tag in tags if not any(_in(image, tag, one) for one in ignored)]
    digests = row.get("digests") or {}
    latest = digests.get("latest", "")
    same = [tag for tag in tags if tag != "latest" and digests.get(tag) == latest]
    if same:
        limit = f"<={'.'.join(map(str, parse(image, same[0]).version))}"
        kept = [tag for tag in kept if _in(image, tag, limit)]
    return tuple(kept)


def _in(image: str, tag: str, wanted: str) -> bool:
    version = parse(image, tag).version
    return bool(version) and is_within(version, wanted)


def _choose(row: Row, tags: tuple[str, ...]) -> None:
    choice = newest(row["image"], row["current"], _capped(row, tags))
    assert choice.chosen.text == row["expect"]["chosen"]
    assert choice.moves == row["expect"]["update"]


def _moved(row: Row, tags: tuple[str, ...], requirement: Row) -> Row:
    """Give what a requirement becomes: its tag, and the digest that is served for it."""
    digests = row.get("digests") or {}
    current = requirement.get("tag") or row["current"]
    chosen = newest(row["image"], current, _capped(row, tags)).chosen.text
    moved = dict(requirement)
    if "tag" in requirement:
        moved["tag"] = chosen
    if "digest" in requirement or (row.get("options") or {}).get("pin_digests"):
        moved["digest"] = digests.get(chosen, digests.get("latest"))
    return moved


def _needs_update(row: Row, tags: tuple[str, ...]) -> None:
    moved = [_moved(row, tags, one) for one in row["requirements"]]
    known = all(one.get("digest", "") is not None for one in moved)
    outdated = known and moved != row["requirements"]
    expect = row["expect"]
    if "up_to_date?" in expect:
        assert (not outdated) == expect["up_to_date?"]
    if "can_update?" in expect:
        assert outdated == expect["can_update?"]


def _updated_source(row: Row, tags: tuple[str, ...]) -> None:
    moved = [_moved(row, tags, one) for one in row["requirements"]]
    assert moved == row["expect"]["requirements"]


def _latest_stable(row: Row, tags: tuple[str, ...]) -> None:
    stable = [tag for tag in tags if _is_version(tag, "docker") and not parse("", tag).label]
    best: Tag | None = None
    for tag in map(_tag, stable):
        best = tag if best is None or compare(tag, best) > 0 else best
    assert (best.text if best else None) == row["expect"]["chosen"]


_TYPES = {Axis.PATCH: "patch", Axis.MINOR: "minor", Axis.MAJOR: "major"}
_NOT_A_TAG = re.compile(r"[^\w.-]")


def _lookup(row: Row, tags: tuple[str, ...], argue: Callable[[str, str], None]) -> None:
    found: list[Row] = []
    current = row["current"] or ""
    answers = list(row.get("digest_answers_in_order") or ())
    if not _NOT_A_TAG.search(current):
        minor = TagPolicy(axes=DEFAULT_AXES - {Axis.MAJOR})
        choices = (newest(row["image"], current, tags, one) for one in (minor, TagPolicy()))
        for choice in choices:
            update = {"updateType": _TYPES.get(choice.axis), "newValue": choice.chosen.text}
            if choice.moves and update not in found:
                found.append(update)
        if row.get("current_digest") and any(answers):
            found.append({"updateType": "digest", "newValue": current})
    wanted = [one for one in row["expect"]["updates"] if one["updateType"] != "replacement"]
    wanted = [{key: one[key] for key in ("updateType", "newValue")} for one in wanted]
    if _NOT_A_TAG.search(current) and found != wanted:
        argue("argued", "a range is no tag")
        return
    assert found == wanted


# What a tag says.


def _tag(text: str) -> Tag:
    """Read a tag as that of a distribution: a code name is its number."""
    tag = parse("", text)
    if tag.release and not tag.version:
        version = tuple(int(part) for part in tag.release.split(".") if part.isdigit())
        return replace(tag, version=version, version_text=tag.release)
    return tag


_RELATIVE = ("stable", "oldstable", "oldoldstable")
_DATED = re.compile(r"([a-z]+)-\d{8}(\.\d{1,2})?")
_UBUNTU = re.compile(r"(0[4-5]|[4-9]|[1-9]\d)\.(04|06|10|11)(\.\d{1,2})?")


def _release(text: str, distro: str) -> str:
    """Give the release that a text names, empty when it names none."""
    dated = _DATED.fullmatch(text)
    known = release_of(dated[1] if dated else text)
    if known:
        return known[1] if known[0] == distro else ""
    cycles = list(load_table().products[distro].cycles)
    if distro == "debian":
        if text in _RELATIVE:
            return cycles[_RELATIVE.index(text)]
        return next((one for one in (text, f"{text}.0") if one in cycles), "")
    return text if _UBUNTU.fullmatch(text) else ""


def _is_version(text: str, scheme: str) -> bool:
    tag = parse("", text)
    if scheme in ("debian", "ubuntu"):
        return bool(_release(text, scheme))
    if scheme == "redhat":
        return bool(tag.version) and not tag.label and not tag.words
    if scheme == "node":
        return 0 < len(tag.version) <= 3
    return bool(tag.version or (scheme == "dependabot" and tag.build))


def _is_valid(text: str, scheme: str) -> bool:
    if scheme == "node" and _NOT_A_TAG.search(text):
        try:
            return in_range("npm", "0.0.0", text) is not None
        except InvalidVersion:
            return False
    return _is_version(text, scheme)


def _is_stable(text: str, scheme: str) -> bool:
    tag = parse("", text)
    if scheme in ("debian", "ubuntu"):
        parts = _release(text, scheme).split(".")[: 2 if scheme == "ubuntu" else None]
        end = lookup(scheme, ".".join(parts), _DAY)
        if end is None:
            return False
        return bool(end.lts) if scheme == "ubuntu" else max(end.date, end.extended) >= str(_DAY)
    if scheme == "node":
        end = lookup("nodejs", str(tag.version[0]), _DAY) if tag.version else None
        return bool(end and end.lts) and not tag.label
    return bool(tag.version) and not tag.label


def _numbers(text: str, scheme: str) -> tuple[int, ...]:
    """Give the version; Debian has a minor one only where a release has one."""
    if scheme not in ("debian", "ubuntu"):
        return parse("", text).version
    release = _release(text, scheme)
    return tuple(int(part) for part in release.split(".")) if release else ()


def _number(text: str, scheme: str, place: int) -> int | None:
    version = _numbers(text, scheme)
    return version[place] if len(version) > place else None


def _numeric(tag: Tag) -> str:
    """Give version and build as written, where they stand side by side."""
    build = ".".join(map(str, tag.build))
    beside = re.search(r"\{version\}([-_])\{(?:build|date\d+)\}", tag.shape)
    return f"{tag.version_text}{beside[1]}{build}" if beside else tag.version_text or build


_PROPERTIES: dict[str, Callable[[str, str], Any]] = {
    "isValid": _is_valid,
    "isVersion": _is_version,
    "isSingleVersion": _is_version,
    "isStable": _is_stable,
    "getMajor": lambda text, scheme: _number(text, scheme, 0),
    "getMinor": lambda text, scheme: _number(text, scheme, 1),
    "getPatch": lambda text, scheme: _number(text, scheme, 2),
    "version_without_suffix": lambda text, _: parse("", text).version_text,
    "looks_like_prerelease?": lambda text, _: bool(parse("", text).label),
    "dated_version?": lambda text, _: parse("", text).dated,
    "numeric_version": lambda text, _: _numeric(parse("", text)) or None,
    "is_version": lambda text, _: _is_version(text, "dependabot"),
    "to_semver": lambda text, _: parse("", text).version_text or _numeric(parse("", text)),
}


def _tag_property(row: Row) -> None:
    scheme = row["algorithm"].removeprefix("renovate-")
    value = _PROPERTIES[row["property"]](row["tag"] or "", scheme)
    assert value == row["expect"]["value"]


# Two tags.

_OPERATORS = {
    "==": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "!=": operator.ne,
}


def _compared(first: str, second: str, scheme: str) -> int:
    if scheme not in ("debian", "ubuntu"):
        return compare(parse("", first), parse("", second))
    one, other = (_distro_key(text, scheme) for text in (first, second))
    return (one > other) - (one < other)


def _distro_key(text: str, scheme: str) -> tuple[Any, ...]:
    """Order releases as Renovate does: without a point release it is the first one."""
    version = _numbers(text, scheme) or parse("", text).version[:1]
    return (*version, 0, 0)[:3], parse("", text).build


def _compare(row: Row) -> None:
    scheme = row["algorithm"].removeprefix("renovate-")
    outcome = _compared(row["a"], row["b"], scheme)
    assert _OPERATORS[row["expect"]["op"]](outcome, 0) == row["expect"]["holds"]


def _compatible(row: Row) -> None:
    scheme = row["algorithm"].removeprefix("renovate-")
    candidate, current = parse("", row["candidate"] or ""), parse("", row["current"] or "")
    if scheme in ("debian", "ubuntu"):
        compatible = _is_valid(candidate.text, scheme)
    elif scheme == "dependabot":
        compatible = candidate.shape == current.shape
    else:
        alike = (candidate.shape, candidate.precision) == (current.shape, current.precision)
        compatible = alike and bool(candidate.version)
    assert compatible == row["expect"]["compatible"]


def _less_precise(row: Row) -> None:
    first, second = parse("", row["a"]), parse("", row["b"])
    shorter = second.version[: len(first.version)] == first.version
    same = shorter and first.shape == second.shape and first.version != second.version
    assert same == row["expect"]["value"]


def _satisfying(row: Row) -> None:
    scheme = row["algorithm"].removeprefix("renovate-")
    versions, wanted = row["args"]
    major = node_major(wanted)
    if major:
        found = [one for one in versions if _is_stable(one, scheme)]
        found = [one for one in found if parse("", one).version[0] == int(major)]
        best = min(found, key=lambda one: parse("", one).version, default=None)
    else:
        matching = (one for one in versions if _matches(one, wanted, scheme))
        best = next(matching, None)
    assert best == row["expect"]["value"]


def _matches(version: str, wanted: str, scheme: str) -> bool:
    valid = _is_version(version, scheme) and _is_version(wanted, scheme)
    alike = scheme in ("debian", "ubuntu") or parse("", version).words == parse("", wanted).words
    return valid and alike and _compared(version, wanted, scheme) == 0


def _two_versions(row: Row) -> None:
    scheme = row["algorithm"].removeprefix("renovate-")
    first, second = row["args"]
    outcomes: dict[str, Any] = {
        "matches": _matches(first, second, scheme),
        "isLessThanRange": _compared(first, second, scheme) < 0,
        "sortVersions": _compared(first, second, scheme),
    }
    value = row["expect"]["value"]
    if row["kind"] == "sortVersions":
        value = (value > 0) - (value < 0)
    assert outcomes[row["kind"]] == value


_LISTS: dict[str, Callable[[Row, tuple[str, ...]], None]] = {
    "choose": _choose,
    "needs_update": _needs_update,
    "updated_source": _updated_source,
    "latest_stable": _latest_stable,
}
_ARGUING: dict[str, Callable[[Row, tuple[str, ...], Callable[[str, str], None]], None]] = {
    "choose_two_tools": _choose_two_tools,
    "lookup": _lookup,
}
_SINGLE: dict[str, Callable[[Row], None]] = {
    "tag_property": _tag_property,
    "compare": _compare,
    "compatible": _compatible,
    "same_but_less_precise": _less_precise,
    "getSatisfyingVersion": _satisfying,
    "minSatisfyingVersion": _satisfying,
    "matches": _two_versions,
    "isLessThanRange": _two_versions,
    "sortVersions": _two_versions,
}


def is_run(row: Row) -> bool:
    """Tell whether the runner knows the kind and the property."""
    if row["kind"] == "tag_property":
        return row["property"] in _PROPERTIES
    return row["kind"] in _LISTS or row["kind"] in _ARGUING or row["kind"] in _SINGLE


def test_tag_means_the_same(
    row: Row, fixtures: Path, record_property: Callable[[str, Any], None]
) -> None:
    kind = row["kind"]
    if kind in _SINGLE:
        _SINGLE[kind](row)
    elif kind in _LISTS:
        _LISTS[kind](row, _tags(row, fixtures))
    else:
        _ARGUING[kind](row, _tags(row, fixtures), record_property)
