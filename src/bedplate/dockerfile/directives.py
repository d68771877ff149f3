"""Parser directives: `# syntax=`, `# escape=`, `# check=` in the first lines.

Source: BuildKit, frontend/dockerfile/parser/directives.go: the first line that is no known
directive ends them; one that comes twice is an error.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from bedplate.dockerfile.instruction import Directive
from bedplate.dockerfile.malformed import Malformed
from bedplate.dockerfile.white_space import SPACES
from bedplate.model.span import Span

_KNOWN = frozenset(("syntax", "escape", "check"))
_DIRECTIVE = re.compile(rf"([a-zA-Z][a-zA-Z0-9]*)[{SPACES}]*=[{SPACES}]*(\S.*)")
BYTE_ORDER_MARK = "\ufeff"
_MAX_JSON_LINE = 1 << 12


class _Found(NamedTuple):
    name: str
    value: str
    offset: int


def read_directive(text: str, mark: str = "#") -> _Found | None:
    """Read one line without its line end; `offset` is the place of the value in it."""
    if not text.startswith(mark):
        return None
    start = len(mark)
    while start < len(text) and text[start] in SPACES:
        start += 1
    match = _DIRECTIVE.match(text, start)
    if match is None or match[1].lower() not in _KNOWN:
        return None
    return _Found(match[1].lower(), match[2].rstrip(SPACES), match.start(2))


class DirectiveReader:
    """Reads directives line by line until there are no more."""

    def __init__(self) -> None:
        self.done = False
        self.found: list[Directive] = []

    def read(self, text: str, line: int, start: int) -> Directive | None:
        """Read one line; None when it is no directive, which ends them.

        Args:
            text: the line without white space before it and line end.
            line: from 1.
            start: offset of `text` in the source.

        Raises:
            Malformed: the directive came before.
        """
        found = read_directive(text)
        if found is None:
            self.done = True
            return None
        if any(one.name == found.name for one in self.found):
            raise Malformed(f"a second {found.name} directive", "keep one of them")
        begin = start + found.offset
        span = Span(begin, begin + len(found.value))
        directive = Directive(found.name, found.value, line, span)
        self.found.append(directive)
        return directive


def find_syntax(source: str) -> Directive | None:
    """Find the image that reads the file.

    It may also stand behind `//`, in a JSON object, and below a `#!` line.
    """
    start = len(BYTE_ORDER_MARK) if source.startswith(BYTE_ORDER_MARK) else 0
    line = 1
    if source.startswith("#!", start):
        start = source.find("\n", start) + 1
        line = 2
        if not start:
            return None
    return (
        _below(source, start, line, "#")
        or _below(source, start, line, "//")
        or _in_json(source, start, line)
    )


def _below(source: str, start: int, line: int, mark: str) -> Directive | None:
    while True:
        end = source.find("\n", start)
        found = read_directive(source[start : len(source) if end < 0 else end].rstrip("\r"), mark)
        if found is None:
            return None
        if found.name == "syntax":
            begin = start + found.offset
            return Directive("syntax", found.value, line, Span(begin, begin + len(found.value)))
        if end < 0:
            return None
        start, line = end + 1, line + 1


def _in_json(source: str, start: int, line: int) -> Directive | None:
    if not source.startswith("{", start):
        return None
    try:
        document, _ = json.JSONDecoder().raw_decode(source[start : start + _MAX_JSON_LINE])
    except (ValueError, RecursionError):
        return None
    value = document.get("syntax")
    if not isinstance(value, str) or not value:
        return None
    begin = source.find(json.dumps(value, ensure_ascii=False), start)
    span = Span(begin + 1, begin + 1 + len(value)) if begin >= 0 else Span(start, start)
    return Directive("syntax", value, line, span)
