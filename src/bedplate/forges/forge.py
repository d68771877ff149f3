"""The contracts of a forge: an entry on the shelf `known/`, and the client that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.forges.api import Access, Api
    from bedplate.forges.token import Token, TokenKind
    from bedplate.model.change_request import ChangeRequest, NewChangeRequest
    from bedplate.model.comment import Comment
    from bedplate.model.issue import Issue
    from bedplate.model.repository import Repository


class ForgeClient(Protocol):
    """One repository on its forge, and what its owner has besides.

    Every method may raise `Missing`, `Unauthorized`, `RateLimited`, `RegistryUnreachable` and
    `ForgeError`. Methods that change something ask nothing first: whether a change is needed is
    decided in `refreshing` and its neighbours, once for all forges.
    """

    @property
    def repository(self) -> Repository:
        """The repository, as it was named."""
        ...

    def describe(self) -> Repository:
        """Ask for the repository, with its default branch; one that moved has its new path.

        From then on this client uses what it learned.
        """
        ...

    def find_open(self, branch: str) -> ChangeRequest | None:
        """Find the open change request of a branch of this repository (not of a fork)."""
        ...

    def find_closed(self, branch: str) -> ChangeRequest | None:
        """Find the change request of a branch that was closed or merged last."""
        ...

    def list_open(self, prefix: str) -> tuple[ChangeRequest, ...]:
        """List the open change requests of branches of this repository with a prefix."""
        ...

    def create(self, new: NewChangeRequest) -> ChangeRequest:
        """Open a change request: title, body, branches and draft; the rest is set after it.

        Raises:
            ForgeError: there is one for the branch, the branch is missing, or nothing differs.
        """
        ...

    def edit(self, request: ChangeRequest, title: str, body: str, base: str) -> None:
        """Change texts and target of a change request; it stays a draft if it is one."""
        ...

    def close(self, request: ChangeRequest, body: str) -> None:
        """Close a change request, and set its body."""
        ...

    def set_draft(self, request: ChangeRequest, *, draft: bool) -> None:
        """Mark a change request as ready or not."""
        ...

    def add_labels(self, request: ChangeRequest, labels: Sequence[str]) -> None:
        """Add labels to a change request; those that the repository lacks are made."""
        ...

    def ask_reviewers(
        self, request: ChangeRequest, users: Sequence[str], teams: Sequence[str]
    ) -> None:
        """Ask users, and teams of the owner, to review a change request."""
        ...

    def assign(self, request: ChangeRequest, users: Sequence[str]) -> None:
        """Assign users to a change request."""
        ...

    def merge_when_ready(self, request: ChangeRequest) -> None:
        """Let a change request merge by itself when its checks pass.

        Raises:
            Conflict: the repository does not allow it, or it can be merged right now.
        """
        ...

    def account(self) -> str:
        """Ask whose token it is; empty when the token may not know."""
        ...

    def comments(self, number: int) -> Iterator[Comment]:
        """List the comments of a change request, oldest first."""
        ...

    def add_comment(self, number: int, body: str) -> Comment:
        """Comment on a change request."""
        ...

    def edit_comment(self, number: int, comment: Comment, body: str) -> None:
        """Change the text of a comment of a change request."""
        ...

    def issues(self) -> Iterator[Issue]:
        """List the issues of any state."""
        ...

    def create_issue(self, title: str, body: str, labels: Sequence[str]) -> Issue:
        """Open an issue."""
        ...

    def edit_issue(self, issue: Issue, title: str, body: str) -> None:
        """Change the texts of an issue."""
        ...

    def repositories(self, owner: str) -> Iterator[Repository]:
        """List the repositories of a user, an organisation, or a group with its subgroups."""
        ...


class Forge(Protocol):
    """A kind of forge: a module with these names."""

    NAME: str
    HOSTS: tuple[str, ...]  # the public ones
    WORDS: tuple[str, ...]  # words by which the names of private hosts give it away
    TOKEN_VARIABLES: tuple[tuple[str, TokenKind], ...]  # where its users keep tokens, best first
    HOST_VARIABLES: tuple[str, ...]  # where they name the host that these tokens are for
    RIGHTS: str  # what a token needs, in its words
    GIT_USERS: tuple[tuple[TokenKind, str], ...]  # user names that go with tokens for git

    def api_url(self, pages: str) -> str:
        """Give the address of the API, without a final `/`.

        Args:
            pages: address of the pages: scheme and `host[:port]`, without a final `/`.
        """
        ...

    def access(self, url: str, token: Token | None) -> Access:
        """Say how the API at an address is spoken to."""
        ...

    def client(self, api: Api, repository: Repository) -> ForgeClient:
        """Make the client of a repository."""
        ...
