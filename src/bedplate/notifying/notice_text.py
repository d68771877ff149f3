"""A notice in plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from bedplate.model.notice import Change, Notice

_MOST = 50


def subject(notice: Notice) -> str:
    """Say it in one line."""
    name = harmless(notice.repository)
    if notice.failure:
        return f"bedplate: {name} could not be looked at"
    count = len(notice.changes)
    return f"bedplate: {name}: {count} base image {'update' if count == 1 else 'updates'}"


def lines(notice: Notice) -> list[str]:
    """Say all of it, a line each."""
    if notice.failure:
        return [harmless(notice.failure)]
    shown = [_line(one) for one in notice.changes[:_MOST]]
    more = len(notice.changes) - _MOST
    return [*shown, f"and {more} more"] if more > 0 else shown


def _line(one: Change) -> str:
    parts = [f"{one.status}: {one.title}", *([one.url] if one.url else []), *one.notes]
    return harmless("; ".join(parts))
