"""A pull or merge request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RequestState(StrEnum):
    """What became of a change request."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A pull or merge request as the forge has it.

    Args:
        number: as people name it (`#12`, `!12`).
        url: its page.
        title: without the prefix by which some forges mark drafts.
        body: Markdown.
        branch: the branch that is to be merged.
        base: the branch that it is to be merged into.
        state: what became of it.
        draft: marked as not ready.
        labels: their names.
        head_commit: hash of the commit at the tip of `branch`.
        mergeable: whether it merges without conflicts; None when the forge does not say.
        auto_merge: merges by itself when all checks pass; None when the forge does not say.
        key: the forge's own identifier, where its API wants one.
    """

    number: int
    url: str
    title: str
    body: str
    branch: str
    base: str
    state: RequestState = RequestState.OPEN
    draft: bool = False
    labels: tuple[str, ...] = ()
    head_commit: str = ""
    mergeable: bool | None = None
    auto_merge: bool | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class NewChangeRequest:
    """A change request that is to be.

    Args:
        title: one line.
        body: Markdown.
        branch: the branch that is to be merged; it must be on the forge.
        base: the branch to merge into.
        labels: names; those that the repository lacks are made.
        reviewers: user names.
        team_reviewers: names of teams, without the organisation.
        assignees: user names.
        draft: mark it as not ready.
        auto_merge: merge by itself when all checks pass.
    """

    title: str
    body: str
    branch: str
    base: str
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    team_reviewers: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    draft: bool = False
    auto_merge: bool = False
