"""Which tags named the same image when it was observed: read from the history of tags.

Official images are published in groups of tags; the history says, for each tag, to which group
it belonged from which day on. A tag is an alias of an image only if it shared the image's group
on the day of the image, never belonged to another group since, and names no other version.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = re.compile(r"(\d+(?:[._+]\d+)*)")
_DATE = re.compile(r"(20\d{6})")

History = dict[str, list[list[str | None]]]
"""Tag -> [[ISO date, first tag of the group, or None when dropped], ...], oldest first."""


@dataclass(frozen=True)
class Observed:
    """An image of the history's repository: its tags, day, and version of runtime or release."""

    tag: str
    page_tag: str
    day: str
    versions: tuple[str, ...]


def settle(image: Observed, history: History) -> tuple[str, tuple[str, ...]]:
    """Give the tag under which an image is truly known, and its aliases.

    The page from which the facts were read names a tag too. Where the history says that the two
    tags stood for different images, the page's tag is the true one.
    """
    group = _group(history, image.tag, image.day)
    page_group = _group(history, image.page_tag, image.day)
    tag = image.tag
    if image.page_tag and group and page_group and group != page_group:
        tag, group = image.page_tag, page_group
    if group is None:
        return tag, ()
    members = [t for t in history if _group(history, t, image.day) == group]
    aliases = {t for t in members if _stays(history, t, tag, image.day)}
    if image.page_tag and page_group is None and _suffix(image.page_tag) in map(_suffix, members):
        aliases.add(image.page_tag)
    return tag, tuple(sorted(t for t in aliases - {tag} if _agrees(t, image)))


def _group(history: History, tag: str, day: str) -> str | None:
    group = None
    for changed, name in history.get(tag, []):
        if changed is not None and changed <= day:
            group = name
    return group


def _stays(history: History, tag: str, main: str, day: str) -> bool:
    """Tell whether a tag stayed with the main tag after a day, or was dropped."""
    days = {changed for t in (tag, main) for changed, _ in history[t] if changed and changed > day}
    return all(_group(history, tag, d) in (None, _group(history, main, d)) for d in days)


def _agrees(tag: str, image: Observed) -> bool:
    """Tell whether the version and the date in a tag are the image's."""
    date = _DATE.search(tag)
    if date:
        return date[1] == image.day.replace("-", "")
    number = _VERSION.match(tag)
    if not number or not image.versions:
        return True
    written = number[1].replace("_", "+")
    return any(_nested(written, v) or _nested(v, written) for v in image.versions)


def _nested(shorter: str, longer: str) -> bool:
    return longer == shorter or longer.startswith((f"{shorter}.", f"{shorter}+"))


def _suffix(tag: str) -> str:
    return _VERSION.sub("", tag, count=1) if tag[:1].isdigit() else tag
