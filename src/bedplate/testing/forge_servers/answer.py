"""What handlers of a forge in memory get and give."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, taken apart.

    Args:
        method: HTTP method.
        path: below the API's address, still percent-encoded.
        query: the last value of each parameter.
        body: its JSON object; empty when there is none.
        parts: groups of the route's pattern, decoded.
    """

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: JSON, a status, headers."""

    document: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Refused(Exception):  # noqa: N818 - an answer, not a failure of ours
    """Ends a handler with an answer that is an error."""

    def __init__(self, status: int, document: Any, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.answer = Answer(document, status, headers or {})


Handler: TypeAlias = Callable[[Asked], Answer]
Routes: TypeAlias = tuple[tuple[str, re.Pattern[str], Handler], ...]


def route(method: str, pattern: str, handler: Handler) -> tuple[str, re.Pattern[str], Handler]:
    """Make a row of a table of routes; `{name}` in a pattern stands for one part of a path."""
    expression = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
    return method, re.compile(expression), handler
