"""Documents of GitLab's REST API, as far as we read them.

Source: GitLab REST API, version 4.
"""

from __future__ import annotations

from msgspec import Struct

from bedplate.forges.draft_title import bare_title, is_draft
from bedplate.model.change_request import ChangeRequest, RequestState
from bedplate.model.comment import Comment
from bedplate.model.issue import Issue
from bedplate.model.repository import Repository

_STATES = {"merged": RequestState.MERGED, "closed": RequestState.CLOSED}


class User(Struct):
    """A user; `id` is what other requests want."""

    id: int
    username: str


class Project(Struct):
    """A project; one without commits has no default branch."""

    id: int
    path_with_namespace: str
    default_branch: str | None = None
    http_url_to_repo: str = ""
    archived: bool = False
    forked_from_project: dict[str, object] | None = None

    def noun(self, beside: Repository) -> Repository:
        """Give it in our words; `beside` is a repository on the same forge."""
        owner, _, name = self.path_with_namespace.rpartition("/")
        return Repository(
            "gitlab",
            beside.host,
            owner,
            name,
            beside.api_url,
            self.default_branch or "",
            self.http_url_to_repo,
            self.archived,
            self.forked_from_project is not None,
        )


class MergeRequest(Struct):
    """A merge request; `source_project_id` is null when a fork is gone."""

    iid: int
    web_url: str
    title: str
    state: str
    source_branch: str
    target_branch: str
    target_project_id: int
    source_project_id: int | None = None
    description: str | None = None
    labels: list[str] = []
    sha: str | None = None
    merge_when_pipeline_succeeds: bool = False
    detailed_merge_status: str = ""

    def noun(self) -> ChangeRequest:
        """Give it in our words."""
        return ChangeRequest(
            self.iid,
            self.web_url,
            bare_title(self.title),
            self.description or "",
            self.source_branch,
            self.target_branch,
            _STATES.get(self.state, RequestState.OPEN),
            draft=is_draft(self.title),
            labels=tuple(self.labels),
            head_commit=self.sha or "",
            mergeable={"mergeable": True, "conflict": False}.get(self.detailed_merge_status),
            auto_merge=self.merge_when_pipeline_succeeds,
        )

    def is_ours(self) -> bool:
        """Tell whether its branch is in the project itself, and not in a fork."""
        return self.source_project_id == self.target_project_id


class Note(Struct):
    """A comment; GitLab also writes some itself, about what happened."""

    id: int
    body: str
    author: User
    system: bool = False

    def noun(self) -> Comment:
        """Give it in our words."""
        return Comment(self.id, self.body, self.author.username)


class IssueDocument(Struct):
    """An issue."""

    iid: int
    web_url: str
    title: str
    state: str
    description: str | None = None
    author: User | None = None

    def noun(self) -> Issue:
        """Give it in our words."""
        author = self.author.username if self.author else ""
        is_open = self.state == "opened"
        return Issue(self.iid, self.web_url, self.title, self.description or "", is_open, author)
