"""Documents of GitHub's REST API, as far as we read them.

Source: GitHub REST API, version 2022-11-28.
"""

from __future__ import annotations

from msgspec import Struct

from bedplate.model.change_request import ChangeRequest, RequestState
from bedplate.model.comment import Comment
from bedplate.model.issue import Issue
from bedplate.model.repository import Repository


class Account(Struct):
    """A user or an organisation."""

    login: str


class Label(Struct):
    """A label."""

    name: str


class RepositoryDocument(Struct):
    """A repository; who may not push does not see how it merges."""

    name: str
    full_name: str
    owner: Account
    default_branch: str
    clone_url: str = ""
    archived: bool = False
    fork: bool = False
    allow_merge_commit: bool = True
    allow_squash_merge: bool = True
    allow_rebase_merge: bool = True


class Branch(Struct):
    """One end of a pull request; `repo` is null when a fork is gone."""

    ref: str
    sha: str
    repo: RepositoryDocument | None = None


class Pull(Struct):
    """A pull request."""

    number: int
    node_id: str
    html_url: str
    title: str
    state: str
    head: Branch
    base: Branch
    body: str | None = None
    draft: bool = False
    labels: list[Label] = []
    merged_at: str | None = None
    mergeable: bool | None = None
    auto_merge: dict[str, object] | None = None

    def noun(self) -> ChangeRequest:
        """Give it in our words."""
        state = RequestState.OPEN if self.state == "open" else RequestState.CLOSED
        return ChangeRequest(
            self.number,
            self.html_url,
            self.title,
            self.body or "",
            self.head.ref,
            self.base.ref,
            RequestState.MERGED if self.merged_at else state,
            draft=self.draft,
            labels=tuple(label.name for label in self.labels),
            head_commit=self.head.sha,
            mergeable=self.mergeable,
            auto_merge=self.auto_merge is not None,
            key=self.node_id,
        )

    def is_of(self, path: str) -> bool:
        """Tell whether its branch is in a repository, and not in a fork."""
        repository = self.head.repo
        return repository is not None and repository.full_name.lower() == path.lower()


class CommentDocument(Struct):
    """A comment of an issue or a pull request; its user is null when the account is gone."""

    id: int
    body: str | None = None
    user: Account | None = None

    def noun(self) -> Comment:
        """Give it in our words."""
        return Comment(self.id, self.body or "", self.user.login if self.user else "")


class IssueDocument(Struct):
    """An issue; pull requests are issues too, with one field more."""

    number: int
    html_url: str
    title: str
    state: str
    body: str | None = None
    pull_request: dict[str, object] | None = None
    user: Account | None = None

    def noun(self) -> Issue:
        """Give it in our words."""
        author = self.user.login if self.user else ""
        is_open = self.state == "open"
        return Issue(self.number, self.html_url, self.title, self.body or "", is_open, author)


def repository_noun(document: RepositoryDocument, beside: Repository) -> Repository:
    """Give a repository in our words.

    Args:
        document: what the forge says.
        beside: a repository on the same forge.
    """
    return Repository(
        "github",
        beside.host,
        document.owner.login,
        document.name,
        beside.api_url,
        document.default_branch,
        document.clone_url,
        document.archived,
        document.fork,
    )
