"""What would have been proposed month by month, over the real history of tag lists.

The history is a file from outside that the variable TAG_HISTORY names, JSON perhaps with gzip:
`{"observed_at": ISO DATE, "repositories": {NAME: {"tags": {TAG: [[ISO DATE, ...], ...]}}}}`, where
the first date is the day on which the tag appeared.
What is wrong is judged here by plainer means than those of `bedplate.tags`.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import Counter
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.measurement import Measurement

from bedplate.distros.codenames import release_of
from bedplate.facts.end_of_life import load_table, lookup
from bedplate.model.tag_choice import Axis
from bedplate.model.tag_policy import DEFAULT_AXES, TagPolicy
from bedplate.tags import newest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.base_facts import EndOfLife
    from bedplate.model.tag_choice import TagChoice

_LINES = 200  # FROM lines a month
_PRODUCTS = {"node": "nodejs", "golang": "go", "postgres": "postgresql", "alpine": "alpine-linux"}
_PRODUCTS |= {"httpd": "apache-http-server", "mongo": "mongodb", "amazonlinux": "amazon-linux"}
_PRODUCTS |= {"rockylinux": "rocky-linux", "oraclelinux": "oracle-linux"}
_PRERELEASE = re.compile(r"(?:\d|[-_.])(alpha|beta|rc|a|b|c|preview|ea|m)(?![a-z])", re.IGNORECASE)
_ALPINE = re.compile(r"alpine-?(\d+\.\d+)")


class Month(NamedTuple):
    """One repository on one day.

    Args:
        day: the first of a month.
        repository: its name on Docker Hub.
        listed: every tag that was pushed by then; those that are no longer built are still used.
    """

    day: date
    repository: str
    listed: tuple[str, ...]


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements; none without a history."""
    del rounds  # the outcome is the same in each
    name = os.environ.get("TAG_HISTORY", "")
    if not name:
        print("tag_history: not measured, TAG_HISTORY names no file")
        return
    found: Counter[str] = Counter()
    for month in _months(Path(name)):
        for axes in (DEFAULT_AXES, DEFAULT_AXES | {Axis.DISTRO}):
            _replay(month, axes, found)
    print("tag_history:", ", ".join(f"{key} {count}" for key, count in sorted(found.items())))
    for kind in ("downgrade", "variant crossed", "end of life", "pre-release"):
        detail = f"of {found['proposed']} proposals for {found['lines']} lines"
        yield Measurement(f"tag history, {kind}", found[f"wrong: {kind}"], "", 0, detail=detail)


def _months(path: Path) -> Iterator[Month]:
    content = path.read_bytes()
    document = json.loads(gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content)
    repositories = document["repositories"]
    last = date.fromisoformat(document["observed_at"])
    for number in range(2019 * 12 + 6, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        for name, history in repositories.items():
            yield _month(day, name, history["tags"])


def _month(day: date, name: str, tags: dict[str, list[list[Any]]]) -> Month:
    listed = (tag for tag, events in tags.items() if events[0][0] <= day.isoformat())
    return Month(day, name, tuple(listed))


def _replay(month: Month, axes: frozenset[Axis], found: Counter[str]) -> None:
    ends = partial(lookup, today=month.day)
    policy = TagPolicy(axes=axes, ends=ends, today=month.day)
    for tag in _lines(month):
        found["lines"] += 1
        choice = newest(month.repository, tag, month.listed, policy)
        found.update(f"refused: {one.reason}" for one in choice.refused)
        if choice.moves:
            found["proposed"] += 1
            found[f"axis: {choice.axis.name.lower()}"] += 1
            for kind in _wrong(month, choice):
                found[f"wrong: {kind}"] += 1
                print(f"{month.day} {month.repository}: {tag} -> {choice.chosen.text}: {kind}")


def _lines(month: Month) -> list[str]:
    """Choose the lines, about the same number of each repository, over everything pushed so far."""
    share = _LINES // 25
    step = max(1, len(month.listed) // share)
    first = (month.day.year * 12 + month.day.month) % step
    return list(month.listed[first::step][:share])


def _wrong(month: Month, choice: TagChoice) -> Iterator[str]:
    old, new = choice.current.text, choice.chosen.text
    if _numbers(new) < _numbers(old):
        yield "downgrade"
    if _words(new) != _words(old):
        yield "variant crossed"
    if any(end.ended for end in _ends(month, new)):
        yield "end of life"
    if _PRERELEASE.search(new) and not _PRERELEASE.search(old):
        yield "pre-release"


def _numbers(tag: str) -> list[int]:
    """Give the numbers of the first word that has any; behind a code name, its release."""
    plain = _PRERELEASE.sub(lambda match: f"{match[0][0]}-", tag)
    word = next((w for w in re.split("[-_]", plain) if w[:1].isdigit()), "")
    known = next((r[1] for w in tag.split("-") if (r := release_of(w))), "") if not word else ""
    return [int(part) for part in re.findall(r"\d+", word or known)]


def _words(tag: str) -> list[str]:
    """Give the letters of each word, without pre-releases; a code name is its distribution."""
    plain = _PRERELEASE.sub(lambda match: match[0][0], tag)
    words = (re.sub(r"[\d.]+", "", word) for word in re.split("[-_]", plain))
    return [known[0] if (known := release_of(word)) else word for word in words if word]


def _ends(month: Month, tag: str) -> Iterator[EndOfLife]:
    named = [release for word in tag.split("-") if (release := release_of(word))]
    alpine = _ALPINE.search(tag)
    if alpine:
        named.append(("alpine-linux", alpine[1]))
    first = re.split("[-_.]", tag)
    product = _PRODUCTS.get(month.repository, month.repository)
    if product in load_table().products:
        named += [(product, ".".join(first[:count])) for count in (2, 1)]
    for one in named:
        end = lookup(*one, month.day)
        if end is not None:
            yield end
