"""What a forge in memory holds; tests read and change it."""

from __future__ import annotations

import itertools
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACCOUNT = "bedplate"  # whose token it is


@dataclass(slots=True)
class HeldComment:
    """A comment; `author` is a user name."""

    key: int
    body: str
    author: str = ACCOUNT


@dataclass(slots=True)
class HeldIssue:
    """An issue, with what change requests have in common with it.

    Args:
        number: as people name it.
        title: one line; with the prefix of a draft where the forge marks drafts so.
        body: Markdown.
        state: `open` or `closed`.
        labels, assignees: names.
        comments: oldest first.
        author: user name.
        updated: counts up with every change in the forge.
    """

    number: int
    title: str
    body: str
    state: str = "open"
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    comments: list[HeldComment] = field(default_factory=list)
    author: str = ACCOUNT
    updated: int = 0


@dataclass(slots=True)
class HeldRequest(HeldIssue):
    """A change request.

    Args:
        head, base: branches.
        head_repository: `owner/name` of a fork; empty for the repository itself.
        draft: marked as not ready.
        merged: it was merged; its state is `closed` then.
        reviewers, teams: who was asked for a review.
        auto_merge: merges by itself.
    """

    head: str = ""
    base: str = "main"
    head_repository: str = ""
    draft: bool = False
    merged: bool = False
    reviewers: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    auto_merge: bool = False


@dataclass(slots=True)
class HeldRepository:
    """A repository.

    Args:
        path: `owner/name`, on GitLab with subgroups.
        key: the forge's identifier.
        default_branch: its name.
        branches: hash of the tip by name; used where there is no `git`.
        git: a bare repository that holds the branches.
        labels: identifier by name.
        users, teams: who can be asked and assigned.
        drafts, auto_merge, issues_enabled: what the repository allows.
        archived, fork: what it is.
        requests, issues: by number; they share the numbers, but on GitLab.
    """

    path: str
    key: int
    default_branch: str = "main"
    branches: dict[str, str] = field(default_factory=lambda: {"main": "0" * 40})
    git: Path | None = None
    labels: dict[str, int] = field(default_factory=dict)
    users: set[str] = field(default_factory=set)
    teams: set[str] = field(default_factory=set)
    drafts: bool = True
    auto_merge: bool = True
    issues_enabled: bool = True
    archived: bool = False
    fork: bool = False
    requests: dict[int, HeldRequest] = field(default_factory=dict)
    issues: dict[int, HeldIssue] = field(default_factory=dict)
    _clock: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    def head(self, branch: str) -> str:
        """Give the hash of the tip of a branch, empty when there is none."""
        if self.git is None:
            return self.branches.get(branch, "")
        done = subprocess.run(
            ["git", "-C", self.git, "rev-parse", "--verify", "-q", f"refs/heads/{branch}"],
            capture_output=True,
            check=False,
            timeout=30,
        )
        return done.stdout.decode().strip()

    def touch(self, issue: HeldIssue) -> None:
        """Note that something was changed just now."""
        issue.updated = next(self._clock)

    def open_request(self, head: str) -> HeldRequest | None:
        """Find the open change request of a branch of this repository."""
        for request in self.requests.values():
            if request.head == head and request.state == "open" and not request.head_repository:
                return request
        return None

    def add_request(self, request: HeldRequest) -> HeldRequest:
        """Hold a change request, under the next number when it has none."""
        request.number = request.number or self.next_number()
        self.requests[request.number] = request
        self.touch(request)
        return request

    def add_issue(self, issue: HeldIssue) -> HeldIssue:
        """Hold an issue, under the next number when it has none."""
        issue.number = issue.number or self.next_number()
        self.issues[issue.number] = issue
        self.touch(issue)
        return issue

    def next_number(self) -> int:
        """Give the next number that neither an issue nor a change request has."""
        return max((0, *self.requests, *self.issues)) + 1

    def label_key(self, name: str) -> int:
        """Give the identifier of a label, making it when it is missing."""
        return self.labels.setdefault(name, len(self.labels) + 1)
