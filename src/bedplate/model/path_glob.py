"""Glob patterns of paths, as configuration files write them: `services/**/Dockerfile*`."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import lru_cache

_BRACES = re.compile(r"\{([^{}]{0,200})\}")
_MAX_PATTERNS = 100
_ANY = "**"


def path_fits(path: str, pattern: str) -> bool:
    """Tell whether a path, from the top of a repository, is one that a pattern means.

    `*`, `?` and `[...]` stay within a folder, `**` stands for any folders or none, `{a,b}` for
    either. It takes time in proportion to both, whatever the pattern.
    """
    parts = path.split("/")
    return any(_fits(parts, one) for one in _parts(pattern))


@lru_cache(maxsize=1024)
def _parts(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Write braces out, and split each pattern into the names of folders."""
    patterns = [pattern.removeprefix("./").lstrip("/")]
    written: list[tuple[str, ...]] = []
    while patterns:
        one = patterns.pop()
        braces = _BRACES.search(one)
        if braces is None or len(patterns) + len(written) > _MAX_PATTERNS:
            written.append(tuple(one.split("/")))
            continue
        before, after = one[: braces.start()], one[braces.end() :]
        patterns += [f"{before}{word}{after}" for word in braces[1].split(",")]
    return tuple(written)


def _fits(parts: list[str], pattern: tuple[str, ...]) -> bool:
    """Walk through the path with all places of the pattern that it can stand for so far."""
    places = _closed({0}, pattern)
    for part in parts:
        after = set()
        for place in places:
            if place < len(pattern) and pattern[place] == _ANY:
                after.add(place)
            elif place < len(pattern) and fnmatchcase(part, pattern[place]):
                after.add(place + 1)
        places = _closed(after, pattern)
    return len(pattern) in places


def _closed(places: set[int], pattern: tuple[str, ...]) -> set[int]:
    """Add the places behind `**`, which may stand for nothing."""
    for place in sorted(places):
        while place < len(pattern) and pattern[place] == _ANY:
            place += 1  # noqa: PLW2901 - walks on from there
            places.add(place)
    return places
