"""Variables in a word: `$x`, `${x:-y}`, `${x#p}` and all the rest that BuildKit knows.

Source: BuildKit, frontend/dockerfile/shell/lex.go. Every piece of the result knows where it
comes from, so that an image's tag can be found in the default of the ARG that holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile.lexer_options import Options
from bedplate.dockerfile.pieces import Piece, cut_words
from bedplate.dockerfile.shell_lexer import Lexer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.dockerfile.value import Fragment, Value


class Expansion(NamedTuple):
    """A word with its variables expanded.

    Args:
        text: the word in one piece, white space kept.
        unset: variables that were asked for and have no value.
        used: variables that were asked for and have one.
        pieces: what `text` is made of.
    """

    text: str
    unset: frozenset[str]
    used: frozenset[str]
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The text cut at white space that is not quoted."""
        return cut_words(self.pieces)

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """The pieces of `text`, each with its origin."""
        return tuple([piece.fragment for piece in self.pieces])


def expand(
    word: str,
    environment: Mapping[str, str | Value],
    *,
    escape: str = "\\",
    locate: Callable[[int, int], tuple[Fragment, ...]] | None = None,
    options: Options | None = None,
) -> Expansion:
    """Expand the variables of a word and take its quotes off.

    Args:
        word: as written.
        environment: values by name; a plain string has no place in the file.
        escape: the character of the escape directive.
        locate: gives the origin of a stretch of `word`; without it no origin is known.
        options: what to leave as written; nothing by default.

    Raises:
        ExpansionError: a form that BuildKit refuses, or `${x:?message}` without a value.
    """
    lexer = Lexer(word, environment, escape, locate, options or Options())
    pieces = tuple([piece for piece in lexer.run() if piece.fragment.text])
    text = "".join([piece.fragment.text for piece in pieces])
    return Expansion(text, frozenset(lexer.unset), frozenset(lexer.used), pieces)
