"""Hidden markers in bodies and comments, by which we know our own again.

<!-- bedplate:update {"group":"node"} -->
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_STATE = 16 * 1024  # characters of JSON; a comment of GitHub holds 65,536
_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}")
_MAX_BODY = 1024 * 1024
_MAX_MARKERS = 100

Value: TypeAlias = str | int | bool | list[str]
State: TypeAlias = dict[str, Value]


def write_marker(kind: str, state: Mapping[str, Value]) -> str:
    """Write a marker; equal states give equal texts.

    Args:
        kind: what is marked, as `update` or `check`.
        state: what to remember.

    Raises:
        ValueError: a kind that is not lower-case words, or a state that is too long.
    """
    text = json.dumps(state, sort_keys=True, separators=(",", ":"))
    # these stand inside strings only: no state can end the comment or open another
    for mark, escaped in (("--", "\\u002d\\u002d"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(mark, escaped)
    if _KIND.fullmatch(kind) is None or len(text) > MAX_STATE:
        raise ValueError(f"no marker can be made of {kind[:50]!r}")
    return f"<!-- bedplate:{kind} {text} -->"


def read_marker(body: str, kind: str) -> State | None:
    """Read the first sound marker of a kind in a body, None when there is none."""
    opening = f"<!-- bedplate:{kind} "
    at = 0
    for _ in range(_MAX_MARKERS):
        at = body.find(opening, at, _MAX_BODY)
        if at < 0:
            return None
        at += len(opening)
        end = body.find(" -->", at, at + MAX_STATE + 4)
        state = _read(body[at:end]) if end >= 0 else None
        if state is not None:
            return state
    return None


def without_markers(body: str) -> str:
    """Take every marker out, which leaves what people see."""
    return re.sub(r"<!-- bedplate:[^>]*-->\n?", "", body)


def _read(text: str) -> State | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    return {key: kept for key, kept in value.items() if _simple(kept)}


def _simple(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(item, str) for item in value)
    return isinstance(value, str | int)
