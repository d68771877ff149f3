"""Patterns for references: `ghcr.io/owner/*`, `node:2?-*`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from bedplate.model.reference import Reference

_ONE = r"(?:\\.|[^\\\-\]])"
_TERM = re.compile(rf"(\*+)|(\?)|\\(.)|\[(\^?)((?:{_ONE}(?:-{_ONE})?)+)\]|([^*?\\\[])", re.DOTALL)


def matches_pattern(reference: Reference, pattern: str) -> bool:
    """Tell whether a reference, in its short form with or without its tag, fits a pattern.

    Args:
        reference: what is asked about.
        pattern: `*` any characters but a slash, `?` one of them, `[a-z]` and `[^a-z]` one of
            a set, a backslash takes the next character as it is.

    Raises:
        InvalidConfiguration: a set that is empty, not closed or begins with a dash.

    Source: FamiliarMatch of github.com/distribution/reference; Go's path.Match.
    """
    expressions = [_expression(part, pattern) for part in pattern.split("/")]
    return _fits(reference.familiar, expressions) or _fits(reference.familiar_name, expressions)


def _fits(text: str, expressions: list[re.Pattern[str]]) -> bool:
    parts = text.split("/")
    return len(parts) == len(expressions) and all(
        expression.fullmatch(part) for expression, part in zip(expressions, parts, strict=True)
    )


def _expression(part: str, pattern: str) -> re.Pattern[str]:
    """Turn one component into a regular expression.

    What follows a star is found at the first place where it fits, for good (an atomic group):
    that is enough for a glob, and keeps the cost from growing with the number of stars.
    """
    pieces, position = [""], 0
    while position < len(part):
        term = _TERM.match(part, position)
        if term is None:
            raise InvalidConfiguration(f"{pattern!r} is not a pattern", "close every [set]")
        position = term.end()
        star, one, escaped, negated, members, plain = term.groups()
        if star:
            pieces.append("")
        elif one:
            pieces[-1] += "."
        elif members:
            pieces[-1] += _set(negated, members, pattern)
        else:
            pieces[-1] += re.escape(escaped or plain)
    first, *middle = pieces
    last = ".*" + middle.pop() if middle else ""
    return re.compile(first + "".join(f"(?>.*?{piece})" for piece in middle) + last)


def _set(negated: str, members: str, pattern: str) -> str:
    inside = "".join(
        re.escape(one[-1]) if one != "-" else "-" for one in re.findall(r"\\.|[^\\]", members)
    )
    try:
        re.compile(f"[{inside}]")
    except re.error as error:
        raise InvalidConfiguration(f"{pattern!r} is not a pattern: {error.msg}") from error
    return f"[{negated}{inside}]"
