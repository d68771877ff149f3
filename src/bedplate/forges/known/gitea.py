"""Gitea and Forgejo, which share an API.

Source: Gitea API, version 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from bedplate.errors import Unauthorized
from bedplate.forges.api import Access, Api, Change
from bedplate.forges.draft_title import titled
from bedplate.forges.gitea_documents import (
    Account,
    CommentDocument,
    IssueDocument,
    Label,
    Pull,
    RepositoryDocument,
)
from bedplate.forges.refusals import Missing
from bedplate.forges.token import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.change_request import ChangeRequest, NewChangeRequest
    from bedplate.model.comment import Comment
    from bedplate.model.issue import Issue
    from bedplate.model.repository import Repository

NAME = "gitea"
HOSTS: tuple[str, ...] = ("gitea.com", "codeberg.org")
WORDS: tuple[str, ...] = ("gitea", "forgejo")
TOKEN_VARIABLES: tuple[tuple[str, TokenKind], ...] = (
    ("GITEA_TOKEN", TokenKind.PERSONAL),
    ("FORGEJO_TOKEN", TokenKind.PERSONAL),
)
HOST_VARIABLES: tuple[str, ...] = ("GITEA_SERVER_URL", "FORGEJO_SERVER_URL", "GITHUB_SERVER_URL")
RIGHTS = (
    "the scopes write:repository, write:issue and read:user, and read:organization to list "
    "repositories"
)
GIT_USERS: tuple[tuple[TokenKind, str], ...] = ((TokenKind.PERSONAL, "token"),)
_DRAFT = "WIP:"
_COLOUR = "#1d76db"  # a new label must have one


def api_url(pages: str) -> str:
    """Give the address of the API."""
    return f"{pages}/api/v1"


def access(url: str, token: Token | None) -> Access:
    """Say how the API is spoken to."""
    headers = {} if token is None else {"Authorization": f"token {token.secret}"}
    return Access(url, headers, token, RIGHTS, {"limit": 50})


def client(api: Api, repository: Repository) -> GiteaClient:
    """Make the client of a repository."""
    return GiteaClient(api, repository)


class GiteaClient:
    """A repository on Gitea or Forgejo."""

    def __init__(self, api: Api, repository: Repository) -> None:
        self.repository = repository
        self._api = api
        self._merge_style = ""

    @property
    def _path(self) -> str:
        return f"/repos/{quote(self.repository.owner)}/{quote(self.repository.name)}"

    def describe(self) -> Repository:
        """Ask for the repository; the forge redirects from a former path."""
        document = self._api.read(RepositoryDocument, self._path)
        self._merge_style = document.default_merge_style
        self.repository = document.noun(self.repository)
        return self.repository

    def find_open(self, branch: str) -> ChangeRequest | None:
        """Find the open pull request of a branch."""
        found = self._pulls(state="open")
        return next((pull for pull in found if pull.branch == branch), None)

    def find_closed(self, branch: str) -> ChangeRequest | None:
        """Find the pull request of a branch that was closed or merged last."""
        found = self._pulls(state="closed", sort="recentupdate")
        return next((pull for pull in found if pull.branch == branch), None)

    def list_open(self, prefix: str) -> tuple[ChangeRequest, ...]:
        """List the open pull requests of branches with a prefix."""
        return tuple(pull for pull in self._pulls(state="open") if pull.branch.startswith(prefix))

    def _pulls(self, **query: str) -> Iterator[ChangeRequest]:
        """List the pull requests that are not of forks; the API can't ask for a branch."""
        for pull in self._api.pages(Pull, f"{self._path}/pulls", query):
            if pull.is_ours():
                yield pull.noun()

    def create(self, new: NewChangeRequest) -> ChangeRequest:
        """Open a pull request."""
        body = {
            "title": titled(new.title, _DRAFT, draft=new.draft),
            "body": new.body,
            "head": new.branch,
            "base": new.base,
        }
        change = Change("open a pull request", f"{self._path}/pulls", body, once=True)
        return self._api.change(Pull, change).noun()

    def edit(self, request: ChangeRequest, title: str, body: str, base: str) -> None:
        """Change texts and target."""
        title = titled(title, _DRAFT, draft=request.draft)
        self._patch(request, "edit", title=title, body=body, base=base)

    def close(self, request: ChangeRequest, body: str) -> None:
        """Close a pull request."""
        self._patch(request, "close", body=body, state="closed")

    def set_draft(self, request: ChangeRequest, *, draft: bool) -> None:
        """Mark a pull request as ready or not."""
        self._patch(request, "mark", title=titled(request.title, _DRAFT, draft=draft))

    def assign(self, request: ChangeRequest, users: Sequence[str]) -> None:
        """Assign users."""
        self._patch(request, "assign", assignees=list(users))

    def _patch(self, request: ChangeRequest, doing: str, **body: object) -> None:
        path = f"{self._path}/pulls/{request.number}"
        self._api.apply(Change(f"{doing} a pull request", path, body, "PATCH"))

    def add_labels(self, request: ChangeRequest, labels: Sequence[str]) -> None:
        """Add labels, making those that are missing."""
        body = {"labels": self._label_keys(labels)}
        path = f"{self._path}/issues/{request.number}/labels"
        self._api.apply(Change("label a pull request", path, body))

    def _label_keys(self, names: Sequence[str]) -> list[int]:
        if not names:
            return []
        there = {
            label.name.casefold(): label.id
            for label in self._api.pages(Label, f"{self._path}/labels")
        }
        return [there.get(name.casefold()) or self._make_label(name) for name in names]

    def _make_label(self, name: str) -> int:
        body = {"name": name, "color": _COLOUR}
        change = Change("make a label", f"{self._path}/labels", body, once=True)
        return self._api.change(Label, change).id

    def ask_reviewers(
        self, request: ChangeRequest, users: Sequence[str], teams: Sequence[str]
    ) -> None:
        """Ask users and teams."""
        path = f"{self._path}/pulls/{request.number}/requested_reviewers"
        body = {"reviewers": list(users), "team_reviewers": list(teams)}
        self._api.apply(Change("ask for reviews", path, body))

    def merge_when_ready(self, request: ChangeRequest) -> None:
        """Merge the commit that we know when all checks succeed, as the repository merges."""
        if not self._merge_style:
            self.describe()
        body: dict[str, object] = {"Do": self._merge_style, "merge_when_checks_succeed": True}
        if request.head_commit:
            body["head_commit_id"] = request.head_commit
        path = f"{self._path}/pulls/{request.number}/merge"
        self._api.apply(Change("merge a pull request automatically", path, body, once=True))

    def account(self) -> str:
        """Ask whose token it is; it needs the scope read:user to know."""
        try:
            return self._api.read(Account, "/user").login
        except (Unauthorized, Missing):
            return ""

    def comments(self, number: int) -> Iterator[Comment]:
        """List the comments."""
        for comment in self._api.pages(CommentDocument, f"{self._path}/issues/{number}/comments"):
            yield comment.noun()

    def add_comment(self, number: int, body: str) -> Comment:
        """Comment on a pull request."""
        path = f"{self._path}/issues/{number}/comments"
        change = Change("comment", path, {"body": body}, once=True)
        return self._api.change(CommentDocument, change).noun()

    def edit_comment(self, number: int, comment: Comment, body: str) -> None:  # noqa: ARG002
        """Change a comment, which Gitea knows without the number."""
        path = f"{self._path}/issues/comments/{comment.key}"
        self._api.apply(Change("edit a comment", path, {"body": body}, "PATCH"))

    def issues(self) -> Iterator[Issue]:
        """List the issues that are no pull requests."""
        query = {"state": "all", "type": "issues"}
        for issue in self._api.pages(IssueDocument, f"{self._path}/issues", query):
            yield issue.noun()

    def create_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue:
        """Open an issue."""
        fields = {"title": title, "body": body, "labels": self._label_keys(labels)}
        change = Change("open an issue", f"{self._path}/issues", fields, once=True)
        return self._api.change(IssueDocument, change).noun()

    def edit_issue(self, issue: Issue, title: str, body: str) -> None:
        """Change an issue."""
        path = f"{self._path}/issues/{issue.number}"
        self._api.apply(Change("edit an issue", path, {"title": title, "body": body}, "PATCH"))

    def repositories(self, owner: str) -> Iterator[Repository]:
        """List the repositories of an organisation, else of a user."""
        try:
            yield from self._repositories(f"/orgs/{quote(owner)}/repos")
        except Missing:
            yield from self._repositories(f"/users/{quote(owner)}/repos")

    def _repositories(self, path: str) -> Iterator[Repository]:
        for document in self._api.pages(RepositoryDocument, path):
            yield document.noun(self.repository)
