"""Flags between keyword and arguments.

Source: BuildKit, frontend/dockerfile/parser/split_command.go: quotes may stand anywhere in a
flag, and the escape takes the next character as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile.instruction import Flag
from bedplate.dockerfile.malformed import Malformed
from bedplate.dockerfile.white_space import SPACES
from bedplate.model.span import Span

if TYPE_CHECKING:
    from bedplate.dockerfile.logical_line import LogicalLine

MAX_FLAGS = 1 << 10
_PLAIN = {
    escape: re.compile(
        rf"--([^{SPACES}'\"{re.escape(escape)}=]*)(=[^{SPACES}'\"{re.escape(escape)}]*)?"
        rf"(?=[{SPACES}]|\Z)"
    )
    for escape in "\\`"
}
_GAP = re.compile(rf"[{SPACES}]*")


class _Quoted(NamedTuple):
    text: str
    places: list[int]
    end: int


def read_flags(
    line: LogicalLine, start: int, end: int, escape: str
) -> tuple[tuple[Flag, ...], int]:
    """Read the flags that stand at the beginning of an instruction's value.

    Args:
        line: the instruction.
        start: offset in its text of the first character behind the keyword.
        end: offset behind its last character.
        escape: the escape character.

    Returns:
        The flags, and the offset of the first character behind them that is no white space.

    Raises:
        Malformed: there are more than anyone needs.
    """
    text = line.text
    flags: list[Flag] = []
    position = _skip(text, start, end)
    while text.startswith("--", position, end):
        if len(flags) == MAX_FLAGS:
            hint = f"bedplate reads {MAX_FLAGS}"
            raise Malformed("too many flags in one instruction", hint, line.at(position))
        plain = _PLAIN[escape].match(text, position, end)
        if plain:
            name, value, after = plain[1], plain[2], plain.end()
            if not name and value is None:
                return tuple(flags), _skip(text, after, end)
            inner = None if value is None else line.span(plain.start(2) + 1, after)
            span = line.span(position, after)
            flags.append(Flag(name, None if value is None else value[1:], span, inner))
        else:
            word = _quoted(text, position, end, escape)
            after = word.end
            if word.text == "--":
                return tuple(flags), _skip(text, after, end)
            flags.append(_flag_of(line, word, position))
        position = _skip(text, after, end)
    return tuple(flags), position


def _skip(text: str, start: int, end: int) -> int:
    gap = _GAP.match(text, start, end)
    return gap.end() if gap else start


def _flag_of(line: LogicalLine, word: _Quoted, start: int) -> Flag:
    equals = word.text.find("=")
    span = line.span(start, word.end)
    if equals < 0:
        return Flag(word.text[2:], None, span, None)
    places = word.places[equals + 1 :]
    after = word.places[equals] + 1
    inner = Span(line.at(places[0]), line.at(places[-1]) + 1) if places else line.span(after, after)
    return Flag(word.text[2:equals], word.text[equals + 1 :], span, inner)


def _quoted(text: str, start: int, end: int, escape: str) -> _Quoted:
    """Read one word with quotes or escapes in it, character by character."""
    places: list[int] = []
    quote = ""
    position = start
    while position < end:
        character = text[position]
        if not quote and character in SPACES:
            break
        if character == quote:
            quote = ""
        elif not quote and character in "'\"":
            quote = character
        else:
            if character == escape:
                position += 1
                if position == end:
                    break
            places.append(position)
        position += 1
    return _Quoted("".join(text[place] for place in places), places, min(position, end))
