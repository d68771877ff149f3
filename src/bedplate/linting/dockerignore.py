"""What a .dockerignore keeps out of the build context.

Sources: Dockerfile reference, ".dockerignore files"; the behaviour of moby/patternmatcher, which
BuildKit uses, where the reference is silent: a pattern that matches a folder counts for all that
is in it, `**` before plain text matches any path that ends so, the last pattern that matches wins.
"""

from __future__ import annotations

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from bedplate.errors import LimitExceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAX_PATTERN = 1024  # characters; longer ones are left out
_MAX_PATH = 4096
_MAX_WORK = 2_000_000  # steps of matching for one Dockerfile, a second or two
_WILD = frozenset("*?[\\")

# one: a character that the test accepts; star: any without a slash; rest: any; folders: any up to
# a slash; optional: the next token may be left out
_Kind = Literal["one", "star", "rest", "folders", "optional"]


class _Token(NamedTuple):
    kind: _Kind
    accepts: Callable[[str], bool]


class _Pattern(NamedTuple):
    """One line.

    Args:
        keeps: it begins with `!`: what it matches stays in the context.
        tokens: the pattern.
        plain: its only wildcards are stars.
    """

    keeps: bool
    tokens: list[_Token]
    plain: bool


class Dockerignore:
    """The patterns of one file.

    Args:
        text: the file; lines that are no pattern are left out.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._work = 0

    @cached_property
    def _patterns(self) -> list[_Pattern]:
        return list(_read(self._text))

    def excludes(self, source: str) -> bool:
        """Tell whether nothing of a source of COPY is in the context.

        A folder of which a later `!` pattern may bring something back counts as there, and so do
        wildcards that may match something else than the patterns do, and the context itself.

        Args:
            source: as written, relative to the context.

        Raises:
            LimitExceeded: patterns and sources are more than can be held against each other.
        """
        path = posixpath.normpath("/" + source).lstrip("/")
        fixed, wild = _split(path)
        if wild and not _WILD.isdisjoint(path.replace("*", "").replace("?", "")):
            path = fixed.rpartition("/")[0]  # [a] and \a: only the folder above is sure
        if not path or len(path) > _MAX_PATH:
            return False
        below = fixed if wild else path + "/"
        self._spend(len(self._patterns) // 8)  # to pass one by costs less than a step
        excluded = maybe = False
        for pattern in self._patterns:
            if pattern.keeps:
                if excluded:
                    maybe = maybe or self._goes_on(pattern, below)
                    excluded = not self._matches(pattern, path)
            elif (pattern.plain or not wild) and self._matches(pattern, path):
                excluded, maybe = True, False
        return excluded and not maybe

    def _matches(self, pattern: _Pattern, path: str) -> bool:
        """Tell whether a pattern matches a path or a folder above it."""
        end = len(pattern.tokens)
        return any(
            end in states for char, states in self._walk(pattern.tokens, path + "/") if char == "/"
        )

    def _goes_on(self, pattern: _Pattern, start: str) -> bool:
        """Tell whether a pattern may match a path that begins so."""
        return sum(1 for _ in self._walk(pattern.tokens, start)) == len(start)

    def _spend(self, steps: int) -> None:
        self._work += steps
        if self._work > _MAX_WORK:
            raise LimitExceeded("too many COPY sources for the patterns of .dockerignore")

    def _walk(self, tokens: list[_Token], text: str) -> Iterator[tuple[str, set[int]]]:
        """Give each character and the tokens that may come there, as long as there are any.

        All ways are walked at once: no pattern makes it take more than its length times the path's.
        """
        states = _reach(tokens, {0})
        for char in text:
            if not states:
                return
            yield char, states
            self._spend(len(states))
            states = _reach(tokens, _step(tokens, states, char))


def _step(tokens: list[_Token], states: set[int], char: str) -> set[int]:
    after: set[int] = set()
    for state in states:
        if state < len(tokens) and tokens[state].accepts(char):
            kind = tokens[state].kind
            if kind != "one":
                after.add(state)
            if kind == "one" or (kind == "folders" and char == "/"):
                after.add(state + 1)
    return after


def _reach(tokens: list[_Token], states: set[int]) -> set[int]:
    """Add what comes after tokens that may be empty."""
    todo = list(states)
    while todo:
        state = todo.pop()
        kind = tokens[state].kind if state < len(tokens) else "one"
        steps = {"star": (1,), "rest": (1,), "optional": (1, 2)}.get(kind, ())
        fresh = {state + step for step in steps} - states
        states |= fresh
        todo += fresh
    return states


def _split(path: str) -> tuple[str, bool]:
    """Give what stands before the first wildcard, and whether there is one."""
    for place, char in enumerate(path):
        if char in _WILD:
            return path[:place], True
    return path, False


def _read(text: str) -> Iterator[_Pattern]:
    for line in text.removeprefix("\ufeff").split("\n"):
        pattern = line.strip()
        if not pattern or line.startswith("#") or len(pattern) > _MAX_PATTERN:
            continue
        keeps = pattern.startswith("!")
        if not (bare := pattern[keeps:].strip()):
            continue
        cleaned = posixpath.normpath(bare).lstrip("/")
        tokens = list(_tokens(cleaned))
        if cleaned and None not in tokens:
            plain = _WILD.isdisjoint(cleaned.replace("*", "")) and "]" not in cleaned
            yield _Pattern(keeps, [token for token in tokens if token is not None], plain)


def _tokens(pattern: str) -> Iterator[_Token | None]:
    """Read a pattern; None where it is malformed."""
    place = 0
    while place < len(pattern):
        char = pattern[place]
        if pattern.startswith("**", place):
            place += 2 + pattern.startswith("/", place + 2)
            yield from _double_star(pattern, place)
            continue
        place += 1
        if char == "*":
            yield _Token("star", _no_slash)
        elif char == "?":
            yield _Token("one", _no_slash)
        elif char == "[":
            end, accepts = _class(pattern, place)
            yield _Token("one", accepts) if accepts else None
            place = end
        elif char == "\\":
            yield _Token("one", pattern[place].__eq__) if place < len(pattern) else None
            place += 1
        else:
            yield _Token("one", char.__eq__)


def _double_star(pattern: str, place: int) -> Iterator[_Token]:
    """Read what `**`, and a slash behind it, mean; place is behind them."""
    at_start = place == 2  # without a slash
    if place == len(pattern) or (at_start and _WILD.isdisjoint(pattern[place:])):
        yield _Token("rest", _any)
    else:
        yield _Token("optional", _none)
        yield _Token("folders", _any)


def _class(pattern: str, place: int) -> tuple[int, Callable[[str], bool] | None]:
    """Read `[...]` from behind its bracket; None when it is malformed."""
    negated = pattern.startswith("^", place)
    place += negated
    bounds: list[str] = []
    ranges: list[tuple[str, str]] = []
    while place < len(pattern) and (pattern[place] != "]" or bounds):
        if pattern[place] == "\\":
            place += 1
        bounds.append(pattern[place : place + 1])
        place += 1
        if len(bounds) == 1 and pattern.startswith("-", place):
            place += 1
            continue
        ranges.append((bounds[0], bounds[-1]))
        bounds = []
    if place >= len(pattern) or not ranges:
        return len(pattern), None
    return place + 1, lambda char: any(low <= char <= high for low, high in ranges) != negated


def _any(_: str) -> bool:
    return True


def _none(_: str) -> bool:
    return False


def _no_slash(char: str) -> bool:
    return char != "/"
