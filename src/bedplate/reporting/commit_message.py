"""The message of the commit of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from bedplate.model.update_group import UpdateGroup

_MOST = 50


def commit_message(group: UpdateGroup) -> str:
    """Write the title, and a line for each move."""
    lines = {
        f"{row.path}: {row.use.text.partition('@')[0]} -> {row.newer.partition('@')[0]}"
        if row.use.text.partition("@")[0] != row.newer.partition("@")[0]
        else f"{row.path}: {row.use.text.partition('@')[0]} has another digest"
        for row in group.rows
    }
    shown = [harmless(line) for line in sorted(lines)]
    more = [f"and {len(shown) - _MOST} more"] if len(shown) > _MOST else []
    return "\n".join([harmless(group.title), "", *shown[:_MOST], *more]) + "\n"
