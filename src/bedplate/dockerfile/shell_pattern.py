"""The patterns of `${x#p}`, `${x%p}` and `${x/p/r}`: `*`, `?` and escapes, no brackets.

A backtracking engine could be made to run for ever by `*a*a*a*a*b`. Here every run of characters
between two stars is looked for once, from the left or from the right, which is always enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ESCAPABLE = frozenset("*?\\")
_UNESCAPED = frozenset("}/")
_STAR = "*"
_ANY = "?"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A shell pattern.

    Args:
        runs: what stands between the stars, from the first to the last; each a tuple of
            characters, None for any one. `a*` has two runs, the last of them empty.
    """

    runs: tuple[tuple[str | None, ...], ...]

    @classmethod
    def parse(cls, text: str) -> Pattern | None:
        """Read a pattern; None when a backslash stands before something that needs none."""
        runs: list[list[str | None]] = [[]]
        position = 0
        while position < len(text):
            character = text[position]
            position += 1
            if character == "\\":
                following = text[position : position + 1]
                if following in _UNESCAPED:
                    continue
                if following not in _ESCAPABLE:
                    return None
                runs[-1].append(following)
                position += 1
            elif character == _STAR:
                runs.append([])
            else:
                runs[-1].append(None if character == _ANY else character)
        return cls(tuple([tuple(run) for run in runs]))

    def prefix(self, text: str, *, longest: bool) -> int:
        """Give the length of the part at the beginning of `text` that matches, or 0."""
        found = self._find(text, 0, longest=longest, anchored=True)
        return found[1] if found else 0

    def suffix(self, text: str, *, longest: bool) -> int:
        """Give where the part at the end of `text` begins that matches, or its length."""
        turned = Pattern(tuple([run[::-1] for run in reversed(self.runs)]))
        return len(text) - turned.prefix(text[::-1], longest=longest)

    def replace(self, text: str, replacement: str, *, every: bool, limit: int) -> str | None:
        """Put `replacement` in the place of the longest match, or of every one.

        Returns:
            The new text; None when it would have more than `limit` characters.
        """
        parts: list[str] = []
        copied = position = size = 0
        while position <= len(text):
            found = self._find(text, position, longest=True, anchored=False)
            if found is None:
                break
            start, end = found
            # As Go does: an empty match right behind another one is none.
            if end > start or not parts or start > copied:
                parts += (text[copied:start], replacement)
                size += start - copied + len(replacement)
                copied = end
                if size > limit:
                    return None
            position = end if end > start else end + 1
            if not every:
                break
        return "".join([*parts, text[copied:]])

    def _find(
        self, text: str, start: int, *, longest: bool, anchored: bool
    ) -> tuple[int, int] | None:
        first, *others = [_compile(run) for run in self.runs]
        match = first.match(text, start) if anchored else first.search(text, start)
        if match is None:
            return None
        begin, end = match.span()
        for number, run in enumerate(others, 1):
            if longest and number == len(others):
                last = _last(run, self.runs[-1], text, end)
                return None if last is None else (begin, last)
            match = run.search(text, end)
            if match is None:
                return None
            end = match.end()
        return begin, end


def _compile(run: tuple[str | None, ...]) -> re.Pattern[str]:
    return re.compile("".join(["." if item is None else re.escape(item) for item in run]))


def _last(run: re.Pattern[str], items: tuple[str | None, ...], text: str, start: int) -> int | None:
    """Give the end of the last match at or behind `start`."""
    for place in range(len(text) - len(items), start - 1, -1):
        if run.match(text, place):
            return place + len(items)
    return None
