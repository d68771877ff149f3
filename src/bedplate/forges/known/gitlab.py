"""GitLab, the public one and private ones.

Source: GitLab REST API, version 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from bedplate.errors import Unauthorized
from bedplate.forges.api import Access, Api, Change
from bedplate.forges.draft_title import titled
from bedplate.forges.gitlab_documents import IssueDocument, MergeRequest, Note, Project, User
from bedplate.forges.refusals import Conflict, Missing
from bedplate.forges.token import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.change_request import ChangeRequest, NewChangeRequest
    from bedplate.model.comment import Comment
    from bedplate.model.issue import Issue
    from bedplate.model.repository import Repository

NAME = "gitlab"
HOSTS: tuple[str, ...] = ("gitlab.com",)
WORDS: tuple[str, ...] = ("gitlab",)
TOKEN_VARIABLES: tuple[tuple[str, TokenKind], ...] = (
    ("GITLAB_TOKEN", TokenKind.PERSONAL),
    ("CI_JOB_TOKEN", TokenKind.JOB),
)
HOST_VARIABLES: tuple[str, ...] = ("GITLAB_HOST", "CI_SERVER_URL")
RIGHTS = "the scope api, and the role Developer; the token of a CI job may not open merge requests"
GIT_USERS: tuple[tuple[TokenKind, str], ...] = (
    (TokenKind.PERSONAL, "oauth2"),
    (TokenKind.JOB, "gitlab-ci-token"),
)
_HEADERS = {TokenKind.PERSONAL: "PRIVATE-TOKEN", TokenKind.JOB: "JOB-TOKEN"}
_DRAFT = "Draft:"


def api_url(pages: str) -> str:
    """Give the address of the API."""
    return f"{pages}/api/v4"


def access(url: str, token: Token | None) -> Access:
    """Say how the API is spoken to."""
    headers = {} if token is None else {_HEADERS[token.kind]: token.secret}
    return Access(url, headers, token, RIGHTS, {"per_page": 100})


def client(api: Api, repository: Repository) -> GitlabClient:
    """Make the client of a project."""
    return GitlabClient(api, repository)


class GitlabClient:
    """A project on GitLab."""

    def __init__(self, api: Api, repository: Repository) -> None:
        self.repository = repository
        self._api = api

    @property
    def _path(self) -> str:
        return f"/projects/{quote(self.repository.path, safe='')}"

    def describe(self) -> Repository:
        """Ask for the project; the forge redirects from a former path."""
        self.repository = self._api.read(Project, self._path).noun(self.repository)
        return self.repository

    def find_open(self, branch: str) -> ChangeRequest | None:
        """Find the open merge request of a branch."""
        return next(self._requests(state="opened", source_branch=branch), None)

    def find_closed(self, branch: str) -> ChangeRequest | None:
        """Find the merge request of a branch that was closed or merged last."""
        found = self._requests(state="all", source_branch=branch, order_by="updated_at")
        return next((request for request in found if request.state != "open"), None)

    def list_open(self, prefix: str) -> tuple[ChangeRequest, ...]:
        """List the open merge requests of branches with a prefix."""
        found = self._requests(state="opened")
        return tuple(request for request in found if request.branch.startswith(prefix))

    def _requests(self, **query: str) -> Iterator[ChangeRequest]:
        """List the merge requests that are not of forks."""
        for found in self._api.pages(MergeRequest, f"{self._path}/merge_requests", query):
            if found.is_ours():
                yield found.noun()

    def create(self, new: NewChangeRequest) -> ChangeRequest:
        """Open a merge request."""
        body = {
            "title": titled(new.title, _DRAFT, draft=new.draft),
            "description": new.body,
            "source_branch": new.branch,
            "target_branch": new.base,
            "remove_source_branch": True,
        }
        path = f"{self._path}/merge_requests"
        change = Change("open a merge request", path, body, once=True)
        return self._api.change(MergeRequest, change).noun()

    def edit(self, request: ChangeRequest, title: str, body: str, base: str) -> None:
        """Change texts and target."""
        title = titled(title, _DRAFT, draft=request.draft)
        self._put(request, "edit", title=title, description=body, target_branch=base)

    def close(self, request: ChangeRequest, body: str) -> None:
        """Close a merge request."""
        self._put(request, "close", description=body, state_event="close")

    def set_draft(self, request: ChangeRequest, *, draft: bool) -> None:
        """Mark a merge request as ready or not."""
        self._put(request, "mark", title=titled(request.title, _DRAFT, draft=draft))

    def add_labels(self, request: ChangeRequest, labels: Sequence[str]) -> None:
        """Add labels; GitLab makes those that are missing."""
        self._put(request, "label", add_labels=",".join(labels))

    def ask_reviewers(
        self, request: ChangeRequest, users: Sequence[str], teams: Sequence[str]
    ) -> None:
        """Ask users; groups can't be asked through the API."""
        if users:
            self._put(request, "ask for reviews of", reviewer_ids=self._user_keys(users))
        if teams:
            raise Conflict(f"GitLab does not ask groups for reviews: {', '.join(teams)}", 422)

    def assign(self, request: ChangeRequest, users: Sequence[str]) -> None:
        """Assign users."""
        self._put(request, "assign", assignee_ids=self._user_keys(users))

    def merge_when_ready(self, request: ChangeRequest) -> None:
        """Merge the commit that we know when its pipeline succeeds."""
        # `auto_merge` has another name before GitLab 17.11, where it is not known
        body: dict[str, object] = {"auto_merge": True, "merge_when_pipeline_succeeds": True}
        if request.head_commit:
            body["sha"] = request.head_commit
        self._put(request, "merge", "/merge", **body)

    def _put(self, request: ChangeRequest, doing: str, below: str = "", **body: object) -> None:
        path = f"{self._path}/merge_requests/{request.number}{below}"
        self._api.apply(Change(f"{doing} a merge request", path, body, "PUT"))

    def _user_keys(self, users: Sequence[str]) -> list[int]:
        return [self._user_key(user) for user in users]

    def _user_key(self, name: str) -> int:
        for user in self._api.pages(User, "/users", {"username": name}):
            if user.username.casefold() == name.casefold():
                return user.id
        raise Missing(f"{self._api.host} has no user {name}")

    def account(self) -> str:
        """Ask whose token it is; that of a CI job may not ask."""
        try:
            return self._api.read(User, "/user").username
        except (Unauthorized, Missing):
            return ""

    def comments(self, number: int) -> Iterator[Comment]:
        """List the comments that people and programs wrote."""
        query = {"order_by": "created_at", "sort": "asc"}
        path = f"{self._path}/merge_requests/{number}/notes"
        for note in self._api.pages(Note, path, query):
            if not note.system:
                yield note.noun()

    def add_comment(self, number: int, body: str) -> Comment:
        """Comment on a merge request."""
        path = f"{self._path}/merge_requests/{number}/notes"
        return self._api.change(Note, Change("comment", path, {"body": body}, once=True)).noun()

    def edit_comment(self, number: int, comment: Comment, body: str) -> None:
        """Change a comment."""
        path = f"{self._path}/merge_requests/{number}/notes/{comment.key}"
        self._api.apply(Change("edit a comment", path, {"body": body}, "PUT"))

    def issues(self) -> Iterator[Issue]:
        """List the issues."""
        query = {"scope": "all", "order_by": "updated_at"}
        for issue in self._api.pages(IssueDocument, f"{self._path}/issues", query):
            yield issue.noun()

    def create_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue:
        """Open an issue."""
        fields = {"title": title, "description": body, "labels": ",".join(labels)}
        change = Change("open an issue", f"{self._path}/issues", fields, once=True)
        return self._api.change(IssueDocument, change).noun()

    def edit_issue(self, issue: Issue, title: str, body: str) -> None:
        """Change an issue."""
        path = f"{self._path}/issues/{issue.number}"
        fields = {"title": title, "description": body}
        self._api.apply(Change("edit an issue", path, fields, "PUT"))

    def repositories(self, owner: str) -> Iterator[Repository]:
        """List the projects of a group with its subgroups, else of a user."""
        name = quote(owner, safe="")
        try:
            yield from self._repositories(f"/groups/{name}/projects", include_subgroups="true")
        except Missing:
            yield from self._repositories(f"/users/{name}/projects")

    def _repositories(self, path: str, **query: str) -> Iterator[Repository]:
        for project in self._api.pages(Project, path, {**query, "order_by": "id", "sort": "asc"}):
            yield project.noun(self.repository)
