"""Drafts of forges that tell them by the beginning of the title."""

from __future__ import annotations

import re

# GitLab: "Draft:", "[Draft]", "(Draft)"; Gitea: "WIP:", "[WIP]"; letters of either case
_PREFIX = re.compile(r"^(?:\s*(?:\[(?:draft|wip)\]|\(draft\)|(?:draft|wip):))+\s*", re.IGNORECASE)


def is_draft(title: str) -> bool:
    """Tell whether a title marks a draft."""
    return _PREFIX.match(title) is not None


def bare_title(title: str) -> str:
    """Give a title without what marks a draft."""
    return _PREFIX.sub("", title)


def titled(title: str, word: str, *, draft: bool) -> str:
    """Give a title as the forge is to have it.

    Args:
        title: ours.
        word: what the forge marks drafts with, as `WIP:`.
        draft: whether it is one.
    """
    return f"{word} {bare_title(title)}" if draft else bare_title(title)
