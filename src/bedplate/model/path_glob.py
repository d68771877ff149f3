"""Glob patterns of paths, as configuration files write them: `services/**/Dockerfile*`."""

from __future__ import annotations

import re
from functools import lru_cache

_PIECE = re.compile(r"\*\*/|/\*\*\Z|\*\*|\*|\?|\{([^{}/]{0,200})\}")


def path_fits(path: str, pattern: str) -> bool:
    """Tell whether a path, from the top of a repository, is one that a pattern means.

    `*` and `?` stay within a folder, `**/` stands for any folders or none, `{a,b}` for either.
    """
    return _compiled(pattern).fullmatch(path) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    pattern = pattern.removeprefix("./").lstrip("/")
    pieces, position = [], 0
    for match in _PIECE.finditer(pattern):
        pieces.append(re.escape(pattern[position : match.start()]))
        pieces.append(_piece(match))
        position = match.end()
    pieces.append(re.escape(pattern[position:]))
    return re.compile("".join(pieces), re.DOTALL)


def _piece(match: re.Match[str]) -> str:
    word = match[0]
    if word == "**/":
        return "(?:[^/]+/)*"
    if match[1] is not None:
        return f"(?:{'|'.join(map(re.escape, match[1].split(',')))})"
    return {"/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}[word]
