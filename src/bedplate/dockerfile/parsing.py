"""Dockerfile text -> instructions, as BuildKit sees them, with the place of everything.

Source: BuildKit, frontend/dockerfile/parser/parser.go.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from bedplate.dockerfile.arguments import read_parts
from bedplate.dockerfile.directives import BYTE_ORDER_MARK, DirectiveReader
from bedplate.dockerfile.document import Dockerfile
from bedplate.dockerfile.heredocs import announced
from bedplate.dockerfile.instruction import Comment, Heredoc, Instruction
from bedplate.dockerfile.logical_line import LogicalLine
from bedplate.dockerfile.malformed import Malformed
from bedplate.dockerfile.problem import Problem
from bedplate.dockerfile.white_space import SPACES
from bedplate.errors import InvalidDockerfile, LimitExceeded
from bedplate.model.span import Span

if TYPE_CHECKING:
    from bedplate.dockerfile.arguments import Parts
    from bedplate.dockerfile.heredocs import Announced

MAX_SIZE = 8 << 20  # bytes; the largest real ones have some 100 KB
MAX_LINE = 65_535  # bytes: what BuildKit reads of one physical line
MAX_LINES = 1 << 20
MAX_INSTRUCTIONS = 1 << 14
_MAX_EXCERPT = 100  # characters
_ESCAPES = ("\\", "`")


def parse(text: str | bytes) -> Dockerfile:
    """Read a Dockerfile.

    Args:
        text: the file; bytes that are no UTF-8 are kept as they are.

    Raises:
        InvalidDockerfile: BuildKit would refuse to parse it.
        LimitExceeded: larger than 8 MiB, or too many lines or instructions.
    """
    if len(text) > MAX_SIZE:
        raise LimitExceeded(
            f"a Dockerfile of {len(text)} bytes", f"bedplate reads {MAX_SIZE >> 20} MiB"
        )
    source = text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")
    return _Reader(source).read()


class _Reader:
    """Goes through the physical lines once."""

    def __init__(self, source: str) -> None:
        self._source = source
        lines = source.split("\n")
        if len(lines) > 1 and not lines[-1]:
            lines.pop()
        self._lines = lines
        self._starts = [0, *accumulate([len(line) + 1 for line in lines])]
        self._next = 0
        self._escape = "\\"
        self._directives = DirectiveReader()
        self._above: list[Comment] = []
        self._comments: list[Comment] = []
        self._instructions: list[Instruction] = []
        self._warnings: list[Problem] = []

    def read(self) -> Dockerfile:
        self._check_lines()
        while self._next < len(self._lines):
            number = self._next
            start = self._starts[number]
            text = self._lines[number].rstrip("\r")
            if number == 0 and text.startswith(BYTE_ORDER_MARK):
                text, start = text[1:], 1
            stripped = text.lstrip(SPACES)
            start += len(text) - len(stripped)
            self._next += 1
            if not self._directives.done:
                self._read_directive(stripped, number, start)
            if stripped.startswith("#"):
                self._above.append(self._comment(stripped, number, start))
            elif stripped:
                self._read_instruction(stripped, number, start)
                self._above = []
            else:
                self._above = []
        if not self._instructions:
            hint = "a Dockerfile begins with FROM"
            raise self._error(
                Malformed("no instruction in the file", hint), len(self._lines) - 1, 0
            )
        return Dockerfile(
            self._source,
            tuple(self._directives.found),
            tuple(self._instructions),
            tuple(self._comments),
            tuple(self._warnings),
            self._escape,
            self._starts,
        )

    def _check_lines(self) -> None:
        if len(self._lines) > MAX_LINES:
            hint = f"bedplate reads {MAX_LINES}"
            raise LimitExceeded(f"a Dockerfile of {len(self._lines)} lines", hint)
        # A character has at most four bytes.
        if max(map(len, self._lines)) <= MAX_LINE >> 2:
            return
        for number, line in enumerate(self._lines):
            if len(line) > MAX_LINE >> 2:
                size = len(line.encode("utf-8", "surrogatepass"))
                if size > MAX_LINE:
                    message = f"a line of {size} bytes"
                    hint = f"BuildKit reads {MAX_LINE}: continue it on the next line"
                    raise self._error(Malformed(message, hint), number, self._starts[number])

    def _read_directive(self, stripped: str, number: int, start: int) -> None:
        try:
            found = self._directives.read(stripped, number + 1, start)
        except Malformed as malformed:
            raise self._error(malformed, number, start) from None
        if found and found.name == "escape":
            if found.value not in _ESCAPES:
                refused = Malformed(f"{found.value!r} is no escape", "use a backslash or `")
                raise self._error(refused, number, found.span.start)
            self._escape = found.value

    def _comment(self, stripped: str, number: int, start: int) -> Comment:
        span = Span(start, start + len(stripped))
        comment = Comment(stripped[1:].strip(SPACES), number + 1, span)
        self._comments.append(comment)
        return comment

    def _read_instruction(self, stripped: str, number: int, start: int) -> None:
        if len(self._instructions) == MAX_INSTRUCTIONS:
            hint = f"bedplate reads {MAX_INSTRUCTIONS} instructions"
            raise LimitExceeded(f"line {number + 1}: too many instructions", hint)
        line = self._logical_line(stripped, start)
        try:
            parts = read_parts(line, 0, self._escape)
            said = announced(parts, line.text) if "<<" in line.text else ()
        except Malformed as malformed:
            raise self._error(malformed, number, start) from None
        last = self._next - 1
        heredocs = tuple([self._heredoc(one, number) for one in said]) if said else ()
        end = line.span(parts.start, len(line.text)).end
        if self._next - 1 > last:
            last = self._next - 1
            end = self._starts[last] + len(self._lines[last].rstrip("\r"))
        lines = (number + 1, last + 1)
        comments = tuple(self._above)
        self._instructions.append(_instruction(parts, line, end, lines, heredocs, comments))

    def _logical_line(self, stripped: str, start: int) -> LogicalLine:
        escape = self._escape
        if escape not in stripped[-1:] and not stripped.rstrip(" \t").endswith(escape):
            return LogicalLine(stripped, (0,), (start,))
        text, more = _without_continuation(stripped, escape)
        if not more:
            return LogicalLine(stripped, (0,), (start,))
        texts, starts = [text], [start]
        empty = False
        while more and self._next < len(self._lines):
            number = self._next
            self._next += 1
            text = self._lines[number].rstrip("\r")
            bare = text.lstrip(SPACES)
            if bare.startswith("#"):
                self._comment(bare, number, self._starts[number] + len(text) - len(bare))
            elif not bare:
                empty = True
            else:
                text, more = _without_continuation(text, escape)
                texts.append(text)
                starts.append(self._starts[number])
        if empty:
            span = Span(self._starts[self._next - 1], self._starts[self._next - 1])
            message = "an empty line inside an instruction"
            self._warnings.append(Problem(message, span, self._next, warning=True))
        joints = tuple(accumulate([len(text) for text in texts[:-1]], initial=0))
        return LogicalLine("".join(texts), joints, tuple(starts))

    def _heredoc(self, said: Announced, number: int) -> Heredoc:
        first = self._next
        while self._next < len(self._lines):
            text = self._lines[self._next].rstrip("\r")
            self._next += 1
            if (text.lstrip("\t") if said.chomp else text) == said.name:
                span = Span(self._starts[first], self._starts[self._next - 1])
                return Heredoc(*said, span.of(self._source), span)
        message = f"the here-document {said.name!r} has no end"
        hint = f"a line that is {said.name} alone ends it"
        raise self._error(Malformed(message, hint), number, self._starts[number])

    def _error(self, malformed: Malformed, number: int, offset: int) -> InvalidDockerfile:
        """Give the error of a place, with the line and a marker below it."""
        offset = offset if malformed.offset is None else malformed.offset
        while number + 1 < len(self._lines) and self._starts[number + 1] <= offset:
            number += 1
        text = self._lines[number].rstrip("\r") if self._lines else ""
        column = max(0, min(offset - self._starts[number], len(text)))
        first = max(0, column - _MAX_EXCERPT // 2)
        shown = text[first : first + _MAX_EXCERPT].expandtabs(1)
        prefix = f"{number + 1} | "
        return InvalidDockerfile(
            f"line {number + 1}, column {column + 1}: {malformed.message}",
            malformed.hint,
            line=number + 1,
            column=column + 1,
            excerpt=f"{prefix}{shown}\n{' ' * (len(prefix) + column - first)}^",
        )


def _without_continuation(text: str, escape: str) -> tuple[str, bool]:
    """Take the escape off the end of a line; False when the next line does not belong to it."""
    bare = text.rstrip(" \t")
    if not bare.endswith(escape) or bare[-2:-1] == escape:
        return text, False
    return bare[:-1], True


def _instruction(
    parts: Parts,
    line: LogicalLine,
    end: int,
    lines: tuple[int, int],
    heredocs: tuple[Heredoc, ...],
    comments: tuple[Comment, ...] = (),
) -> Instruction:
    nested = parts.nested
    return Instruction(
        parts.keyword,
        parts.name,
        parts.flags,
        parts.arguments,
        parts.json,
        line.text[parts.value_start : parts.end],
        line.span(parts.value_start, parts.end),
        Span(line.at(parts.start), end),
        lines[0],
        lines[1],
        parts.pairs,
        heredocs,
        _instruction(nested, line, end, lines, heredocs) if nested else None,
        comments,
    )
