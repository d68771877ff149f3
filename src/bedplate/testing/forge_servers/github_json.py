"""Documents as GitHub writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.testing.forge_servers.answer import Refused
from bedplate.testing.forge_servers.state import HeldRequest

if TYPE_CHECKING:
    from bedplate.testing.forge_servers.state import HeldComment, HeldIssue, HeldRepository


def repository_json(url: str, held: HeldRepository) -> dict[str, Any]:
    """Write a repository."""
    owner, _, name = held.path.partition("/")
    return {
        "id": held.key,
        "name": name,
        "full_name": held.path,
        "owner": {"login": owner},
        "default_branch": held.default_branch,
        "clone_url": f"{url}/{held.path}.git",
        "archived": held.archived,
        "fork": held.fork,
        "allow_merge_commit": True,
        "allow_squash_merge": False,
        "allow_rebase_merge": False,
    }


def pull_json(url: str, held: HeldRepository, pull: HeldRequest) -> dict[str, Any]:
    """Write a pull request as lists have it."""
    fork = {**repository_json(url, held), "full_name": pull.head_repository, "fork": True}
    repository = repository_json(url, held)
    return {
        "number": pull.number,
        "node_id": node(held, pull),
        "html_url": f"{url}/{held.path}/pull/{pull.number}",
        "title": pull.title,
        "body": pull.body,
        "state": pull.state,
        "draft": pull.draft,
        "labels": [{"name": name} for name in pull.labels],
        "merged_at": "2026-01-01T00:00:00Z" if pull.merged else None,
        "auto_merge": {"merge_method": "merge"} if pull.auto_merge else None,
        "head": {
            "ref": pull.head,
            "sha": held.head(pull.head),
            "repo": fork if pull.head_repository else repository,
        },
        "base": {"ref": pull.base, "sha": held.head(pull.base), "repo": repository},
    }


def issue_json(url: str, held: HeldRepository, item: HeldIssue) -> dict[str, Any]:
    """Write an issue; a pull request is one too, with a field more."""
    document = {
        "number": item.number,
        "html_url": f"{url}/{held.path}/issues/{item.number}",
        "title": item.title,
        "body": item.body,
        "state": item.state,
        "user": {"login": item.author},
        "labels": [{"name": name} for name in item.labels],
    }
    if isinstance(item, HeldRequest):
        document["pull_request"] = {"url": f"{url}/{held.path}/pull/{item.number}"}
    return document


def comment_json(comment: HeldComment) -> dict[str, Any]:
    """Write a comment."""
    return {"id": comment.key, "body": comment.body, "user": {"login": comment.author}}


def node(held: HeldRepository, pull: HeldRequest) -> str:
    """Give the identifier by which GraphQL knows a pull request."""
    return f"PR_{held.key}_{pull.number}"


def invalid(error: dict[str, str]) -> Refused:
    """Refuse with the 422 of a field."""
    document = {"message": "Validation Failed", "errors": [error], "status": "422"}
    return Refused(422, document)


def custom(message: str) -> Refused:
    """Refuse with the 422 of a rule."""
    return invalid({"resource": "PullRequest", "code": "custom", "message": message})
