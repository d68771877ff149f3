"""GitHub, and GitHub Enterprise Server.

Source: GitHub REST API, version 2022-11-28.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from bedplate.forges.api import Access, Api, Change
from bedplate.forges.github_documents import (
    CommentDocument,
    IssueDocument,
    Pull,
    RepositoryDocument,
    repository_noun,
)
from bedplate.forges.github_graphql import (
    ENABLE_AUTO_MERGE,
    MARK_DRAFT,
    MARK_READY,
    ask_account,
    mutate,
)
from bedplate.forges.refusals import Conflict, Missing
from bedplate.forges.token import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.change_request import ChangeRequest, NewChangeRequest
    from bedplate.model.comment import Comment
    from bedplate.model.issue import Issue
    from bedplate.model.repository import Repository

NAME = "github"
HOSTS: tuple[str, ...] = ("github.com",)
WORDS: tuple[str, ...] = ("github", "ghe")
TOKEN_VARIABLES: tuple[tuple[str, TokenKind], ...] = (
    ("GITHUB_TOKEN", TokenKind.PERSONAL),
    ("GH_TOKEN", TokenKind.PERSONAL),
)
HOST_VARIABLES: tuple[str, ...] = ("GH_HOST", "GITHUB_SERVER_URL")
RIGHTS = (
    "the permissions Contents, Pull requests and Issues: write (fine-grained), or the scope repo"
)
GIT_USERS: tuple[tuple[TokenKind, str], ...] = ((TokenKind.PERSONAL, "x-access-token"),)
_VERSION = "2022-11-28"
_NO_DRAFTS = "draft pull requests are not supported"


def api_url(pages: str) -> str:
    """Give the address of the API: a host of its own, or a path on an Enterprise Server."""
    scheme, _, host = pages.partition("://")
    if host in HOSTS or host.endswith(".ghe.com"):
        return f"{scheme}://api.{host}"
    return f"{pages}/api/v3"


def access(url: str, token: Token | None) -> Access:
    """Say how the API is spoken to."""
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": _VERSION}
    if token is not None:
        headers["Authorization"] = f"Bearer {token.secret}"
    return Access(url, headers, token, RIGHTS, {"per_page": 100})


def client(api: Api, repository: Repository) -> GithubClient:
    """Make the client of a repository."""
    return GithubClient(api, repository)


class GithubClient:
    """A repository on GitHub."""

    def __init__(self, api: Api, repository: Repository) -> None:
        self.repository = repository
        self._api = api
        self._graphql = api.at(_graphql_root(repository.api_url))
        self._merge_method = ""

    @property
    def _path(self) -> str:
        return f"/repos/{quote(self.repository.owner)}/{quote(self.repository.name)}"

    def describe(self) -> Repository:
        """Ask for the repository; the forge redirects from a former path."""
        document = self._api.read(RepositoryDocument, self._path)
        self._merge_method = _merge_method(document)
        self.repository = repository_noun(document, self.repository)
        return self.repository

    def find_open(self, branch: str) -> ChangeRequest | None:
        """Find the open pull request of a branch."""
        return self._find(branch, {"state": "open"})

    def find_closed(self, branch: str) -> ChangeRequest | None:
        """Find the pull request of a branch that was closed last."""
        return self._find(branch, {"state": "closed", "sort": "updated", "direction": "desc"})

    def _find(self, branch: str, query: dict[str, str | int]) -> ChangeRequest | None:
        head = f"{self.repository.owner}:{branch}"
        pulls = self._api.pages(Pull, f"{self._path}/pulls", {**query, "head": head})
        return next((pull.noun() for pull in pulls if self._ours(pull, branch)), None)

    def _ours(self, pull: Pull, branch: str) -> bool:
        return pull.head.ref == branch and pull.is_of(self.repository.path)

    def list_open(self, prefix: str) -> tuple[ChangeRequest, ...]:
        """List the open pull requests of branches with a prefix."""
        pulls = self._api.pages(Pull, f"{self._path}/pulls", {"state": "open"})
        return tuple(
            pull.noun()
            for pull in pulls
            if pull.head.ref.startswith(prefix) and pull.is_of(self.repository.path)
        )

    def create(self, new: NewChangeRequest) -> ChangeRequest:
        """Open a pull request; where drafts are not to be had, one that is ready."""
        body = {
            "title": new.title,
            "body": new.body,
            "head": new.branch,
            "base": new.base,
            "draft": new.draft,
        }
        change = Change("open a pull request", f"{self._path}/pulls", body, once=True)
        try:
            return self._api.change(Pull, change).noun()
        except Conflict as error:
            if not new.draft or _NO_DRAFTS not in error.message.lower():
                raise
        return self.create(replace(new, draft=False))

    def edit(self, request: ChangeRequest, title: str, body: str, base: str) -> None:
        """Change texts and target."""
        self._patch(request, "edit a pull request", title=title, body=body, base=base)

    def close(self, request: ChangeRequest, body: str) -> None:
        """Close a pull request."""
        self._patch(request, "close a pull request", body=body, state="closed")

    def _patch(self, request: ChangeRequest, doing: str, **fields: str) -> None:
        path = f"{self._path}/pulls/{request.number}"
        self._api.apply(Change(doing, path, fields, "PATCH"))

    def set_draft(self, request: ChangeRequest, *, draft: bool) -> None:
        """Mark a pull request as ready or not."""
        mutation = MARK_DRAFT if draft else MARK_READY
        mutate(self._graphql, "mark a pull request", mutation, id=request.key)

    def add_labels(self, request: ChangeRequest, labels: Sequence[str]) -> None:
        """Add labels; GitHub makes those that are missing."""
        self._issue_change(request.number, "add labels", "labels", labels=list(labels))

    def ask_reviewers(
        self, request: ChangeRequest, users: Sequence[str], teams: Sequence[str]
    ) -> None:
        """Ask users and teams."""
        path = f"{self._path}/pulls/{request.number}/requested_reviewers"
        body = {"reviewers": list(users), "team_reviewers": list(teams)}
        self._api.apply(Change("ask for reviews", path, body))

    def assign(self, request: ChangeRequest, users: Sequence[str]) -> None:
        """Assign users."""
        self._issue_change(request.number, "assign users", "assignees", assignees=list(users))

    def _issue_change(self, number: int, doing: str, part: str, **body: object) -> None:
        self._api.apply(Change(doing, f"{self._path}/issues/{number}/{part}", body))

    def merge_when_ready(self, request: ChangeRequest) -> None:
        """Enable the automatic merge of the commit that we know, as the repository merges."""
        if not self._merge_method:
            self.describe()
        mutate(
            self._graphql,
            "merge a pull request automatically",
            ENABLE_AUTO_MERGE,
            id=request.key,
            method=self._merge_method,
            head=request.head_commit or None,
        )

    def account(self) -> str:
        """Ask whose token it is."""
        return ask_account(self._graphql)

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
        """Change a comment, which GitHub knows without the number."""
        path = f"{self._path}/issues/comments/{comment.key}"
        self._api.apply(Change("edit a comment", path, {"body": body}, "PATCH"))

    def issues(self) -> Iterator[Issue]:
        """List the issues that are no pull requests."""
        query = {"state": "all", "sort": "updated", "direction": "desc"}
        for issue in self._api.pages(IssueDocument, f"{self._path}/issues", query):
            if issue.pull_request is None:
                yield issue.noun()

    def create_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue:
        """Open an issue."""
        fields = {"title": title, "body": body, "labels": list(labels)}
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
            yield repository_noun(document, self.repository)


def _graphql_root(url: str) -> str:
    """Give the address above GraphQL, which on an Enterprise Server is not below `/api/v3`."""
    return url.removesuffix("/v3")


def _merge_method(document: RepositoryDocument) -> str:
    if document.allow_squash_merge:
        return "SQUASH"
    return "MERGE" if document.allow_merge_commit else "REBASE"
