"""The variables that FROM sees: predefined ones and the ARGs before the first FROM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.dockerfile.expansion import Expansion, expand
from bedplate.dockerfile.pieces import Piece
from bedplate.dockerfile.value import Fragment, Value
from bedplate.errors import ExpansionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.dockerfile.build import Build
    from bedplate.dockerfile.instruction import Instruction, Pair
    from bedplate.model.span import Span

_MAX_TOTAL = 1 << 20  # characters of all expanded words: a file must not fill the memory
_SPECIAL = frozenset("$'\"\\`<")


class GlobalScope:
    """The values in force for FROM.

    Args:
        instructions: all of the file; what follows the first FROM is not looked at.
        build: what the build is given.
        escape: the escape character.
    """

    def __init__(self, instructions: Iterable[Instruction], build: Build, escape: str) -> None:
        self._escape = escape
        self._values: dict[str, Value] = build.predefined()
        self._broken: dict[str, str] = {}
        self._room = _MAX_TOTAL
        for instruction in instructions:
            if instruction.keyword == "FROM":
                break
            if instruction.keyword == "ARG":
                for pair in instruction.pairs:
                    self._declare(pair, build.arguments)

    def expand(self, word: str, span: Span) -> Expansion:
        """Expand a word that stands somewhere in the source.

        Raises:
            ExpansionError: it can't be, or an ARG that it uses could not be.
        """
        if _SPECIAL.isdisjoint(word):
            fragment = _locate(word, span, 0, len(word))[0]
            return Expansion(word, frozenset(), frozenset(), (Piece(fragment, raw=False),))
        if self._room < 0:
            raise ExpansionError(f"{word[:80]!r}: the variables expand to too many characters")
        expansion = expand(
            word,
            self._values,
            escape=self._escape,
            locate=lambda start, end: _locate(word, span, start, end),
        )
        self._room -= len(expansion.text)
        for name in expansion.unset:
            if name in self._broken:
                raise ExpansionError(self._broken[name])
        return expansion

    def _declare(self, pair: Pair, arguments: Mapping[str, str]) -> None:
        try:
            name = self.expand(pair.name, pair.span).text
            if name in arguments:
                self._values[name] = Value((Fragment(arguments[name]),))
            elif pair.value is not None and pair.value_span is not None:
                fragments = self.expand(pair.value, pair.value_span).fragments
                named = [one if one.argument else one._replace(argument=name) for one in fragments]
                self._values[name] = Value(tuple(named))
        except ExpansionError as error:
            self._values.pop(pair.name, None)
            self._broken[pair.name] = error.message


def _locate(word: str, span: Span, start: int, end: int) -> tuple[Fragment, ...]:
    # A word that goes on in the next line does not stand in the source as it is.
    whole = span.end - span.start == len(word)
    return (Fragment(word[start:end], span.start + start if whole else -1),)
