"""Documents of the API that Gitea and Forgejo share, as far as we read them.

Source: Gitea API, version 1.
"""

from __future__ import annotations

from msgspec import Struct

from bedplate.forges.draft_title import bare_title, is_draft
from bedplate.model.change_request import ChangeRequest, RequestState
from bedplate.model.comment import Comment
from bedplate.model.issue import Issue
from bedplate.model.repository import Repository


class Account(Struct):
    """A user or an organisation."""

    login: str


class Label(Struct):
    """A label; `id` is what other requests want."""

    id: int
    name: str


class RepositoryDocument(Struct):
    """A repository."""

    name: str
    owner: Account
    default_branch: str = ""
    clone_url: str = ""
    archived: bool = False
    fork: bool = False
    default_merge_style: str = "merge"

    def noun(self, beside: Repository) -> Repository:
        """Give it in our words; `beside` is a repository on the same forge."""
        return Repository(
            "gitea",
            beside.host,
            self.owner.login,
            self.name,
            beside.api_url,
            self.default_branch,
            self.clone_url,
            self.archived,
            self.fork,
        )


class Branch(Struct):
    """One end of a pull request; `label` keeps the name when the branch is gone, `ref` does not."""

    label: str
    ref: str
    sha: str = ""
    repo_id: int = -1


class Pull(Struct):
    """A pull request."""

    number: int
    html_url: str
    title: str
    state: str
    head: Branch
    base: Branch
    body: str = ""
    labels: list[Label] | None = None
    merged: bool = False
    mergeable: bool | None = None

    def noun(self) -> ChangeRequest:
        """Give it in our words.

        Whether it merges by itself the API does not tell; that it can't be merged it also says of
        drafts, and while it is still looking.
        """
        state = RequestState.OPEN if self.state == "open" else RequestState.CLOSED
        return ChangeRequest(
            self.number,
            self.html_url,
            bare_title(self.title),
            self.body,
            self.head.label,
            self.base.label,
            RequestState.MERGED if self.merged else state,
            draft=is_draft(self.title),
            labels=tuple(label.name for label in self.labels or ()),
            head_commit=self.head.sha,
            mergeable=self.mergeable or None,
        )

    def is_ours(self) -> bool:
        """Tell whether its branch is in the repository itself, and not in a fork."""
        return self.head.repo_id == self.base.repo_id


class CommentDocument(Struct):
    """A comment."""

    id: int
    body: str
    user: Account | None = None

    def noun(self) -> Comment:
        """Give it in our words."""
        return Comment(self.id, self.body, self.user.login if self.user else "")


class IssueDocument(Struct):
    """An issue."""

    number: int
    html_url: str
    title: str
    state: str
    body: str = ""
    user: Account | None = None

    def noun(self) -> Issue:
        """Give it in our words."""
        author = self.user.login if self.user else ""
        is_open = self.state == "open"
        return Issue(self.number, self.html_url, self.title, self.body, is_open, author)
