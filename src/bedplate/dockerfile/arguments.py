"""One logical line -> the parts of an instruction.

Source: BuildKit, frontend/dockerfile/parser (parser.go, line_parsers.go): which keyword takes
words, a string, name-value pairs, or either JSON or one of those.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile.flags import read_flags
from bedplate.dockerfile.instruction import Flag, Pair, Word
from bedplate.dockerfile.malformed import Malformed
from bedplate.dockerfile.white_space import SPACES, WORD_BREAKS
from bedplate.dockerfile.words import first_words, plain_words, shell_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.dockerfile.logical_line import LogicalLine

_KEYWORD = re.compile(rf"([^{WORD_BREAKS}]*)[{WORD_BREAKS}]*")
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"')
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_NESTING = 16  # ONBUILD ONBUILD ...: one is allowed, and a file must not exhaust the stack


class Parts(NamedTuple):
    """What a line says; see `Instruction` for the fields that are the same.

    Args:
        start: offset of the keyword in the logical line.
        value_start: offset of the value.
        end: offset behind the value.
        nested: the parts of the instruction that ONBUILD puts off.
    """

    name: str
    keyword: str
    flags: tuple[Flag, ...]
    arguments: tuple[Word, ...]
    json: bool
    pairs: tuple[Pair, ...]
    start: int
    value_start: int
    end: int
    nested: Parts | None


class _Read(NamedTuple):
    arguments: tuple[Word, ...] = ()
    json: bool = False
    pairs: tuple[Pair, ...] = ()


def read_parts(line: LogicalLine, start: int, escape: str, depth: int = 0) -> Parts:
    """Read an instruction from an offset of a logical line to its end.

    Raises:
        Malformed: BuildKit would refuse to parse it.
    """
    text = line.text
    end = len(text.rstrip(SPACES))
    while start < end and text[start] in SPACES:
        start += 1
    head = _KEYWORD.match(text, start, max(start, end))
    name = head[1] if head else ""
    flags: tuple[Flag, ...] = ()
    position = head.end() if head else start
    if position < end and (text[position] == "-" or text[position] in SPACES):
        flags, position = read_flags(line, position, end, escape)
    end = max(end, position)
    keyword = name.upper()
    nested: Parts | None = None
    read = _Read()
    if keyword == "ONBUILD":
        if position < end:
            if depth == _MAX_NESTING:
                raise Malformed(
                    "ONBUILD is nested too deeply", "write ONBUILD once", line.at(start)
                )
            nested = read_parts(line, position, escape, depth + 1)
    elif keyword in _FORMS:
        read = _FORMS[keyword](line, position, end, escape)
    return Parts(name, keyword, flags, *read, start, position, end, nested)


def _words(line: LogicalLine, start: int, end: int, _escape: str) -> _Read:
    return _Read(plain_words(line, start, end))


def _string(line: LogicalLine, start: int, end: int, _escape: str) -> _Read:
    if start == end:
        return _Read()
    return _Read((Word(line.text[start:end], line.span(start, end)),))


def _json(line: LogicalLine, start: int, end: int) -> _Read | None:
    """Read a JSON array of strings; None when the value is no JSON."""
    if not line.text.startswith("[", start, end):
        return None
    text = line.text[start:end]
    try:
        # A number is never wanted: as a float it costs nothing, however long it is.
        items = json.loads(text, parse_int=float, parse_constant=_refuse)
    except ValueError:
        return None
    except RecursionError:
        raise Malformed("the array is nested too deeply", "", line.at(start)) from None
    if not all(isinstance(item, str) for item in items):
        hint = "put every item in double quotes"
        raise Malformed("an array must hold strings only", hint, line.at(start))
    found = first_words(_STRING.finditer(line.text, start, end), line, start)
    spans = [line.span(*match.span()) for match in found]
    texts = [_SURROGATE.sub("\ufffd", item) for item in items] if "\\u" in text else items
    return _Read(tuple(map(Word, texts, spans)), json=True)


def _refuse(_constant: str) -> object:
    raise ValueError


def _json_or_string(line: LogicalLine, start: int, end: int, escape: str) -> _Read:
    return _json(line, start, end) or _string(line, start, end, escape)


def _json_or_words(line: LogicalLine, start: int, end: int, escape: str) -> _Read:
    return _json(line, start, end) or _words(line, start, end, escape)


def _health_check(line: LogicalLine, start: int, end: int, escape: str) -> _Read:
    kind = next(iter(plain_words(line, start, end)[:1]), None)
    if kind is None:
        return _Read()
    position = start + len(kind.text)
    while position < end and line.text[position] in SPACES:
        position += 1
    rest = _json_or_string(line, position, end, escape)
    return _Read((kind, *rest.arguments), rest.json)


def _arguments(line: LogicalLine, start: int, end: int, escape: str) -> _Read:
    words = shell_words(line, start, end, escape)
    return _Read(words, pairs=tuple([_pair(word) for word in words]))


def _pairs(line: LogicalLine, start: int, end: int, escape: str) -> _Read:
    words = shell_words(line, start, end, escape)
    if not words:
        return _Read()
    if "=" not in words[0].text:
        return _old_pair(line, start, end)
    for word in words:
        if "=" not in word.text:
            raise Malformed(f"{word.text!r} has no '='", "write name=value", word.span.start)
    return _Read(words, pairs=tuple([_pair(word) for word in words]))


def _pair(word: Word) -> Pair:
    name, separator, value = word.text.partition("=")
    if not separator:
        return Pair(name, None, "", word.span, None)
    # Counted from the end, so that a continuation inside the name does no harm.
    start = word.span.start + len(name) + 1
    if word.span.end - word.span.start != len(word.text):
        start = max(start, word.span.end - len(value))
    return Pair(name, value, "=", word.span, word.span._replace(start=start))


def _old_pair(line: LogicalLine, start: int, end: int) -> _Read:
    """Read `ENV name value with spaces`."""
    head = _KEYWORD.match(line.text, start, end)
    if head is None or head.end() == end:
        raise Malformed("a name without a value", "write name=value", line.at(start))
    value = head.end()
    words = (
        Word(head[1], line.span(*head.span(1))),
        Word(line.text[value:end], line.span(value, end)),
    )
    pair = Pair(words[0].text, words[1].text, " ", line.span(start, end), words[1].span)
    return _Read(words, pairs=(pair,))


_FORMS: dict[str, Callable[[LogicalLine, int, int, str], _Read]] = {
    "ADD": _json_or_words,
    "ARG": _arguments,
    "CMD": _json_or_string,
    "COPY": _json_or_words,
    "ENTRYPOINT": _json_or_string,
    "ENV": _pairs,
    "EXPOSE": _words,
    "FROM": _words,
    "HEALTHCHECK": _health_check,
    "LABEL": _pairs,
    "MAINTAINER": _string,
    "RUN": _json_or_string,
    "SHELL": _json_or_string,
    "STOPSIGNAL": _string,
    "USER": _string,
    "VOLUME": _json_or_words,
    "WORKDIR": _string,
}
KEYWORDS = frozenset((*_FORMS, "ONBUILD"))
