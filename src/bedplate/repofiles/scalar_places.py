"""Which character of a decoded scalar stands where in the file."""

from __future__ import annotations

import re

from bedplate.repofiles.located import Located

# One decoded character or none: a fold that vanishes, an escape, a fold, anything else.
_DOUBLE_QUOTED = re.compile(
    r"(?P<gone>[ \t]*\\\r?\n[ \t]*)"
    r"|(?P<escape>\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.))"
    r"|(?P<fold>[ \t]*\r?\n[ \t]*)"
    r"|(?P<char>.)",
    re.DOTALL,
)
# Runs of blanks are looked at again from each of their characters.
_MAX_FOLDED = 8192
_SINGLE_QUOTED = re.compile(r"(?P<escape>'')|(?P<fold>[ \t]*\r?\n[ \t]*)|(?P<char>.)", re.DOTALL)


def locate(value: str, source: str, start: int, style: str) -> Located | None:
    """Find the place of each character of a scalar.

    Args:
        value: the decoded scalar.
        source: its text in the file, quotes or block header included.
        start: offset of `source` in the file.
        style: empty for plain, else the quote or block mark.

    Returns:
        None when the value is folded from several lines, or very long.

    Source: YAML 1.2.2, section 7.3 (flow scalars) and 8.1 (block scalars).
    """
    if style in ("'", '"'):
        if source[1:-1] == value:
            return Located.at(value, start + 1)
        if len(source) > _MAX_FOLDED:
            return None
        return _quoted(value, source, start, _SINGLE_QUOTED if style == "'" else _DOUBLE_QUOTED)
    header, _, body = source.partition("\n") if style in ("|", ">") else ("", "", source)
    line = value.strip()
    if style == "|" and "\n" in line:
        return _literal(value, body, start + len(header) + 1)
    if not line or "\n" in line:
        return None
    place = body.find(line)
    if place < 0:
        return None
    return Located.at(line, start + len(source) - len(body) + place)


def _quoted(value: str, source: str, start: int, tokens: re.Pattern[str]) -> Located | None:
    starts: list[int] = []
    ends: list[int] = []
    for token in tokens.finditer(source, 1, len(source) - 1):
        if token.lastgroup != "gone":
            starts.append(start + token.start())
            ends.append(start + token.end())
        elif ends:
            # What follows goes on in the next line: an edit may take the fold with it.
            ends[-1] = start + token.start()
    return Located(value, starts, ends) if len(starts) == len(value) else None


def _literal(value: str, body: str, start: int) -> Located | None:
    """Find the lines of a literal block; their indentation is no part of the value."""
    starts: list[int] = []
    ends: list[int] = []
    lines = body.splitlines(keepends=True)
    for wanted, line in zip(value.splitlines(keepends=True), lines, strict=False):
        content = line.rstrip("\r\n")
        text = wanted.rstrip("\n")
        if not content.endswith(text):
            return None
        first = start + len(content) - len(text)
        starts += range(first, first + len(text))
        ends += range(first + 1, first + len(text) + 1)
        if wanted.endswith("\n"):
            starts.append(first + len(text))
            ends.append(start + len(line))
        start += len(line)
    return Located(value, starts, ends) if len(starts) == len(value) else None
