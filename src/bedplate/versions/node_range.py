"""The grammar of node-semver's ranges, taken apart into comparisons.

Source: https://github.com/npm/node-semver#advanced-range-syntax, and its `classes/range.js`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import InvalidVersion
from bedplate.versions import semantic
from bedplate.versions.comparators import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.versions.comparators import Comparator
    from bedplate.versions.scheme import SortKey

_ANY = r"[0-9]+|[xX*]"
_PARTIAL = (
    rf"[v=\s]*({_ANY})(?:\.({_ANY})(?:\.({_ANY})(?:-?({semantic.PRERELEASE}))?{semantic.BUILD})?)?"
)
_SIGN = r"~>|[~^]|[<>]=?|="
_HYPHEN = re.compile(rf"\s*{_PARTIAL}\s+-\s+{_PARTIAL}\s*")
_SIMPLE = re.compile(rf"({_SIGN})?{_PARTIAL}")
_BLANKS = re.compile(rf"({_SIGN})\s+(?=\S)")


def parse_alternative(text: str, *, prereleases: bool) -> tuple[Comparator, ...]:
    """Read one alternative: `1.2 - 2.3`, or comparisons that must all hold.

    Args:
        text: what stands between two `||`.
        prereleases: begin a range of unknown numbers (`1.x`) with their first prerelease.

    Raises:
        InvalidVersion: not a range of npm.
    """
    hyphen = _HYPHEN.fullmatch(text)
    if hyphen:
        low, high = _partial(hyphen.groups()[:4]), _partial(hyphen.groups()[4:])
        return (*low.and_later(prereleases=prereleases), *high.and_earlier(prereleases=prereleases))
    found: list[Comparator] = []
    for part in _BLANKS.sub(r"\1", text.replace(",", " ")).split():
        match = _SIMPLE.fullmatch(part)
        if match is None:
            raise InvalidVersion(f"not a range of npm: {text!r}")
        sign, *pieces = match.groups()
        found += _partial(pieces).compared(sign or "=", prereleases=prereleases)
    return tuple(found)


class _Partial(NamedTuple):
    """A version of which some numbers may be left open: `1.x`.

    Args:
        numbers: those that are given.
        prerelease: the prerelease of a version whose three numbers are given.
    """

    numbers: tuple[int, ...]
    prerelease: str | None

    def compared(self, sign: str, *, prereleases: bool) -> tuple[Comparator, ...]:
        """Give the comparisons that a sign before the version stands for."""
        if not self.numbers:
            return _at("<", semantic.before(())) if sign in ("<", ">") else ()
        if sign in ("~", "~>"):
            return self._up_to(min(len(self.numbers), 2), prereleases=prereleases)
        if sign == "^":
            zeros = next((i for i, n in enumerate(self.numbers) if n), len(self.numbers) - 1)
            return self._up_to(zeros + 1, prereleases=prereleases)
        if len(self.numbers) == 3:
            return _at(sign, semantic.place(self.numbers, self.prerelease))
        if sign == "=":
            return self._up_to(len(self.numbers), prereleases=prereleases)
        if sign in ("<", "<="):
            return _at("<", semantic.before(self.numbers if sign == "<" else self.following()))
        start = self.following() if sign == ">" else self.numbers
        return _Partial(start, None).and_later(prereleases=prereleases)

    def and_later(self, *, prereleases: bool) -> tuple[Comparator, ...]:
        """Give the comparison of a lower end."""
        if not self.numbers:
            return ()
        if self.prerelease or not prereleases:
            return _at(">=", semantic.place(self.numbers, self.prerelease))
        return _at(">=", semantic.before(self.numbers))

    def and_earlier(self, *, prereleases: bool) -> tuple[Comparator, ...]:
        """Give the comparison of an upper end, which includes all that it leaves open."""
        if not self.numbers:
            return ()
        if len(self.numbers) == 3 and (self.prerelease or not prereleases):
            return _at("<=", semantic.place(self.numbers, self.prerelease))
        return _at("<", semantic.before(self.following()))

    def _up_to(self, count: int, *, prereleases: bool) -> tuple[Comparator, ...]:
        """Give the range from here to where the first `count` numbers change."""
        whole = len(self.numbers) == 3
        end = _at("<", semantic.before(_Partial(self.numbers[:count], None).following()))
        return (*self.and_later(prereleases=prereleases and not whole), *end)

    def following(self) -> tuple[int, ...]:
        """Give the numbers of the first version that this one does not stand for."""
        return (*self.numbers[:-1], self.numbers[-1] + 1)


def _partial(pieces: Sequence[str | None]) -> _Partial:
    numbers: list[int] = []
    for piece in pieces[:3]:
        if piece is None or not piece.isdigit():
            break
        numbers.append(int(piece))
    return _Partial(tuple(numbers), pieces[3] if len(numbers) == 3 else None)


def _at(sign: str, key: SortKey) -> tuple[Comparator, ...]:
    return ((OPERATORS[sign], key),)
