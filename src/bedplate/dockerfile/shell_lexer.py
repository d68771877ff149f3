"""A word of a Dockerfile, read as BuildKit's shell lexer reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from bedplate.dockerfile.pieces import Piece, text_of, unprotected
from bedplate.dockerfile.shell_pattern import Pattern
from bedplate.dockerfile.value import Fragment, Value
from bedplate.dockerfile.white_space import SPACES
from bedplate.errors import ExpansionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bedplate.dockerfile.lexer_options import Options

_MARKS = "+-?#%"
_MARKS_BEHIND_COLON = "+-?"
_MAX_DEPTH = 50  # ${a:-${b:-${c:-...}}}
_MAX_GROWTH = 1 << 16  # characters: far beyond any reference, refuses ARG bombs early
_SPECIAL_PARAMETERS = frozenset("@*#?-$!0")
_PLAIN = {
    (escape, stop): re.compile(rf"[^$'\"<{re.escape(escape + stop)}]+")
    for escape in "\\`"
    for stop in ("", "}", "/")
}
_IN_QUOTES = {escape: re.compile(rf'[^$"{re.escape(escape)}]+') for escape in "\\`"}
_GAP = re.compile(rf"[{SPACES}]*")


class Lexer:
    """Reads one word, once.

    Args:
        word: as written.
        environment: values by name.
        escape: the escape character.
        locate: gives the origin of a stretch of `word`.
        options: what to leave as written.
    """

    def __init__(
        self,
        word: str,
        environment: Mapping[str, str | Value],
        escape: str,
        locate: Callable[[int, int], tuple[Fragment, ...]] | None,
        options: Options,
    ) -> None:
        self.unset: set[str] = set()
        self.used: set[str] = set()
        self._word = word
        self._position = 0
        self._environment = environment
        self._escape = escape
        self._locate = locate
        self._options = options
        self._raw_escapes = options.raw_escapes
        self._depth = 0
        self._room = len(word) + _MAX_GROWTH

    def run(self) -> list[Piece]:
        """Read the whole word.

        Raises:
            ExpansionError: see `expand`.
        """
        return self._until("")

    def _fail(self, reason: str) -> NoReturn:
        shown = self._word if len(self._word) <= 80 else f"{self._word[:80]}..."
        raise ExpansionError(f"{shown!r}: {reason}", "docs/dockerfile.md lists the forms")

    def _peek(self) -> str:
        return self._word[self._position : self._position + 1]

    def _literal(self, start: int, end: int, *, raw: bool) -> list[Piece]:
        self._grow(end - start)
        if self._locate is None:
            return [Piece(Fragment(self._word[start:end]), raw)]
        return [Piece(fragment, raw) for fragment in self._locate(start, end)]

    def _grow(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            self._fail("expands to too many characters")

    def _until(self, stop: str, *, raw_escapes: bool | None = None) -> list[Piece]:
        """Read up to a character, which is taken too; up to the end when there is none."""
        saved, saved_depth = self._raw_escapes, self._depth
        self._raw_escapes = saved if raw_escapes is None else raw_escapes
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._fail("is nested too deeply")
        plain = _PLAIN[self._escape, stop]
        pieces: list[Piece] = []
        while True:
            match = plain.match(self._word, self._position)
            if match:
                pieces += self._literal(match.start(), match.end(), raw=False)
                self._position = match.end()
            character = self._peek()
            if character == stop:  # the end of the word, too: `stop` is empty then
                self._position += len(stop)
                break
            if not character:
                self._fail(f"has no {stop!r} at its end")
            pieces += self._special(character)
        self._raw_escapes, self._depth = saved, saved_depth
        return pieces

    def _special(self, character: str) -> list[Piece]:
        if character == "$":
            return self._dollar()
        if character == "'":
            return self._single_quotes()
        if character == '"':
            return self._double_quotes()
        if character == "<":
            return self._less_than()
        start = self._position
        self._position += 2
        begin = start if self._raw_escapes else start + 1
        end = min(self._position, len(self._word))
        return self._literal(begin, end, raw=True) if begin < end else []

    def _less_than(self) -> list[Piece]:
        """Read `<` or `<<`; white space behind the second keeps the word in one piece."""
        start = self._position
        self._position += 1
        if self._peek() == "<":
            gap = _GAP.match(self._word, self._position + 1)
            self._position = gap.end() if gap else self._position + 1
        return self._literal(start, self._position, raw=True)

    def _single_quotes(self) -> list[Piece]:
        start = self._position
        end = self._word.find("'", start + 1)
        if end < 0:
            self._fail("a single quote is not closed")
        self._position = end + 1
        if self._options.raw_quotes:
            return self._literal(start, end + 1, raw=True)
        return self._literal(start + 1, end, raw=True) or [Piece(Fragment(""), raw=True)]

    def _double_quotes(self) -> list[Piece]:
        plain = _IN_QUOTES[self._escape]
        pieces = [self._quote()]
        while True:
            match = plain.match(self._word, self._position)
            if match:
                pieces += self._literal(match.start(), match.end(), raw=True)
                self._position = match.end()
            character = self._peek()
            if not character:
                self._fail("a double quote is not closed")
            if character == '"':
                pieces.append(self._quote())
                return pieces
            if character == "$":
                pieces += [Piece(piece.fragment, raw=True) for piece in self._dollar()]
            else:
                pieces += self._quoted_escape()

    def _quote(self) -> Piece:
        self._position += 1
        return Piece(Fragment('"' if self._options.raw_quotes else ""), raw=True)

    def _quoted_escape(self) -> list[Piece]:
        """Read an escape in double quotes: it takes only `"`, `$` and itself."""
        start = self._position
        self._position += 1
        following = self._peek()
        if not following:
            return self._literal(start, start + 1, raw=True) if self._raw_escapes else []
        if following in ('"', "$", self._escape):
            self._position += 1
            return self._literal(start if self._raw_escapes else start + 1, start + 2, raw=True)
        pieces = self._literal(start, start + 1, raw=True)
        return pieces * 2 if self._raw_escapes else pieces

    def _dollar(self) -> list[Piece]:
        start = self._position
        self._position += 1
        if self._peek() == "{":
            self._position += 1
            return self._braces(start)
        name = self._name()
        if not name:
            return self._literal(start, start + 1, raw=False)
        return self._value_or_written(name, start)

    def _name(self) -> str:
        word, start = self._word, self._position
        position = start
        if word[position : position + 1].isdecimal():
            while word[position : position + 1].isdecimal():
                position += 1
        elif word[position : position + 1] in _SPECIAL_PARAMETERS:
            position += 1
        else:
            while (character := word[position : position + 1]) and (
                character.isalpha() or character.isdecimal() or character == "_"
            ):
                position += 1
        self._position = position
        return word[start:position]

    def _value(self, name: str) -> Value | None:
        found = self._environment.get(name)
        if found is None:
            self.unset.add(name)
            return None
        self.used.add(name)
        return found if isinstance(found, Value) else Value((Fragment(found),))

    def _value_or_written(self, name: str, start: int) -> list[Piece]:
        value = self._value(name)
        if value is None:
            end = self._position
            return self._literal(start, end, raw=False) if self._options.keep_unset else []
        return self._pieces_of(value, name)

    def _pieces_of(self, value: Value, name: str) -> list[Piece]:
        self._grow(sum([len(fragment.text) for fragment in value.fragments]))
        return [
            Piece(fragment if fragment.argument else fragment._replace(argument=name), raw=False)
            for fragment in value.fragments
        ]

    def _braces(self, start: int) -> list[Piece]:
        """Read what follows `${`."""
        following = self._peek()
        if not following or following in "{}:":
            self._fail("bad substitution")
        name = self._name()
        mark = self._take()
        if mark == "}":
            return self._value_or_written(name, start)
        if mark == "/":
            return self._replacement(name, start)
        empty_counts = mark != ":"
        if not empty_counts:
            mark = self._take()
        if not mark or mark not in (_MARKS if empty_counts else _MARKS_BEHIND_COLON):
            self._fail("this modifier is not known")
        word = self._until("}", raw_escapes=mark in "#%")
        value = self._value(name)
        if value is None and self._options.keep_unset:
            return self._literal(start, self._position, raw=False)
        if mark in "#%":
            return self._trimmed(name, mark, text_of(word), value)
        if value is not None and (empty_counts or value.text):
            return unprotected(word) if mark == "+" else self._pieces_of(value, name)
        if mark == "?":
            state = "unset" if value is None else "empty"
            self._fail(f"{name}: {text_of(word) or f'is not allowed to be {state}'}")
        return unprotected(word) if mark == "-" else []

    def _take(self) -> str:
        self._position += 1
        return self._word[self._position - 1 : self._position]

    def _trimmed(self, name: str, mark: str, word: str, value: Value | None) -> list[Piece]:
        value = value or Value(())
        text = value.text
        longest = word.startswith(mark)
        pattern = self._pattern(word[1:] if longest else word)
        if mark == "#":
            end = pattern.prefix(text, longest=longest)
            return self._pieces_of(value.part(end, len(text)), name)
        start = pattern.suffix(text, longest=longest)
        return self._pieces_of(value.part(0, start), name)

    def _replacement(self, name: str, start: int) -> list[Piece]:
        """Read what follows `${name/`."""
        every = self._peek() == "/"
        self._position += every
        pattern = text_of(self._until("/", raw_escapes=True))
        replacement = text_of(self._until("}", raw_escapes=True))
        value = self._value(name)
        if value is None:
            end = self._position
            return self._literal(start, end, raw=False) if self._options.keep_unset else []
        text = self._pattern(pattern).replace(
            value.text, replacement, every=every, limit=self._room
        )
        if text is None:
            self._fail("expands to too many characters")
        self._grow(len(text))
        return [Piece(Fragment(text, argument=name), raw=False)]

    def _pattern(self, text: str) -> Pattern:
        pattern = Pattern.parse(text)
        if pattern is None:
            self._fail(f"{text!r} has an escape that is not known")
        return pattern
