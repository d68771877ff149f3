"""A Gitea in memory, written against the published API, which Forgejo shares.

Source: Gitea API, version 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from bedplate.testing.forge_servers.answer import Answer, Asked, Refused, route
from bedplate.testing.forge_servers.server import ForgeServer
from bedplate.testing.forge_servers.state import (
    ACCOUNT,
    HeldComment,
    HeldIssue,
    HeldRepository,
    HeldRequest,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bedplate.testing.forge_servers.answer import Routes

_SCOPES = "token does not have at least one of required scope(s)"


class GiteaServer(ForgeServer):
    """Gitea; a page of a list holds at most 50."""

    ROOT: ClassVar[str] = "/api/v1"
    PAGE_WORD: ClassVar[str] = "limit"
    LARGEST_PAGE: ClassVar[int] = 50

    def accepts(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a request bears the token."""
        return headers.get("Authorization") == f"token {self.token}"

    def unauthorized(self) -> Answer:
        """Give the answer to a wrong token."""
        return Answer({"message": "invalid username, password or token", "url": ""}, 401)

    def routes(self) -> Routes:
        """Give the table of the API."""
        repo = "/repos/{owner}/{name}"
        pull = f"{repo}/pulls/{{number}}"
        issue = f"{repo}/issues/{{number}}"
        return (
            route("GET", repo, self._repository),
            route("GET", f"{repo}/pulls", self._list_pulls),
            route("POST", f"{repo}/pulls", self._open_pull),
            route("PATCH", pull, self._edit_pull),
            route("POST", f"{pull}/requested_reviewers", self._ask_reviewers),
            route("POST", f"{pull}/merge", self._merge),
            route("GET", f"{repo}/labels", self._list_labels),
            route("POST", f"{repo}/labels", self._make_label),
            route("POST", f"{issue}/labels", self._add_labels),
            route("GET", f"{issue}/comments", self._list_comments),
            route("POST", f"{issue}/comments", self._comment),
            route("PATCH", f"{repo}/issues/comments/{{key}}", self._edit_comment),
            route("GET", f"{repo}/issues", self._list_issues),
            route("POST", f"{repo}/issues", self._open_issue),
            route("PATCH", issue, self._edit_issue),
            route("GET", "/orgs/{owner}/repos", self._repositories),
            route("GET", "/user", self._user),
        )

    def _held(self, asked: Asked) -> HeldRepository:
        path = f"{asked.parts['owner']}/{asked.parts['name']}"
        if path not in self.repositories:
            raise _missing()
        return self.repositories[path]

    def _need(self, right: str, scope: str) -> None:
        if right not in self.rights:
            raise Refused(403, {"message": f"{_SCOPES}, required=[{scope}]", "url": ""})

    def _pull(self, asked: Asked) -> tuple[HeldRepository, HeldRequest]:
        held = self._held(asked)
        found = held.requests.get(int(asked.parts["number"]))
        if found is None:
            raise _missing()
        return held, found

    def _user(self, _: Asked) -> Answer:
        if "user" not in self.rights:
            raise Refused(403, {"message": f"{_SCOPES}, required=[read:user]", "url": ""})
        return Answer({"id": 1, "login": ACCOUNT})

    def _item(self, asked: Asked) -> tuple[HeldRepository, HeldIssue]:
        """Find an issue or a pull request, which share numbers."""
        held, number = self._held(asked), int(asked.parts["number"])
        item = held.requests.get(number) or held.issues.get(number)
        if item is None:
            raise _missing()
        return held, item

    def _repository(self, asked: Asked) -> Answer:
        return Answer(self._repository_json(self._held(asked)))

    def _repositories(self, asked: Asked) -> Answer:
        owner = f"{asked.parts['owner']}/"
        held = [one for path, one in self.repositories.items() if path.startswith(owner)]
        if not held:
            raise _missing()
        return self.page(asked, [self._repository_json(one) for one in held])

    def _list_pulls(self, asked: Asked) -> Answer:
        held = self._held(asked)
        by_update = asked.query.get("sort") == "recentupdate"
        state = asked.query.get("state", "open")
        found = [pull for pull in held.requests.values() if state in ("all", pull.state)]
        found.sort(key=lambda pull: pull.updated if by_update else pull.number, reverse=True)
        return self.page(asked, [self._pull_json(held, pull) for pull in found])

    def _open_pull(self, asked: Asked) -> Answer:
        self._need("pulls", "write:repository")
        held, body = self._held(asked), asked.body
        head, base = body["head"], body["base"]
        if held.archived:
            raise Refused(423, {"message": "repository is archived", "url": ""})
        if not (held.head(head) and held.head(base)):
            raise _missing()
        there = held.open_request(head)
        if there is not None and there.base == base:
            message = f"pull request already exists for these targets [id: {there.number}]"
            raise Refused(409, {"message": message, "url": ""})
        pull = held.add_request(HeldRequest(0, body["title"], body["body"], head=head, base=base))
        return Answer(self._pull_json(held, pull), 201)

    def _edit_pull(self, asked: Asked) -> Answer:
        self._need("pulls", "write:repository")
        held, pull = self._pull(asked)
        for name in ("title", "body", "state", "base", "assignees"):
            setattr(pull, name, asked.body.get(name, getattr(pull, name)))
        if not set(pull.assignees) <= held.users:
            raise Refused(422, {"message": "user does not exist", "url": ""})
        held.touch(pull)
        return Answer(self._pull_json(held, pull), 201)

    def _ask_reviewers(self, asked: Asked) -> Answer:
        self._need("pulls", "write:repository")
        held, pull = self._pull(asked)
        users, teams = set(asked.body["reviewers"]), set(asked.body["team_reviewers"])
        if not (users <= held.users and teams <= held.teams):
            raise Refused(404, {"message": "user does not exist", "url": ""})
        pull.reviewers.extend(sorted(users))
        pull.teams.extend(sorted(teams))
        return Answer([], 201)

    def _merge(self, asked: Asked) -> Answer:
        self._need("pulls", "write:repository")
        held, pull = self._pull(asked)
        if not held.auto_merge:
            raise Refused(405, {"message": "User not allowed to merge PR", "url": ""})
        if pull.auto_merge:
            raise Refused(409, {"message": "pull request is already scheduled", "url": ""})
        if asked.body.get("head_commit_id", held.head(pull.head)) != held.head(pull.head):
            raise Refused(409, {"message": "head out of date", "url": ""})
        pull.auto_merge = bool(asked.body["merge_when_checks_succeed"])
        return Answer(None, 201)

    def _list_labels(self, asked: Asked) -> Answer:
        held = self._held(asked)
        return self.page(asked, _labels_json(held, list(held.labels)))

    def _make_label(self, asked: Asked) -> Answer:
        self._need("issues", "write:issue")
        held, name = self._held(asked), asked.body["name"]
        if not asked.body["color"].startswith("#"):
            raise Refused(422, {"message": "invalid color", "url": ""})
        return Answer({"id": held.label_key(name), "name": name}, 201)

    def _add_labels(self, asked: Asked) -> Answer:
        self._need("issues", "write:issue")
        held, item = self._item(asked)
        names = _names(held, asked.body["labels"])
        item.labels.extend(names)
        return Answer(_labels_json(held, item.labels))

    def _list_comments(self, asked: Asked) -> Answer:
        """List all comments at once: this list has no pages."""
        _, item = self._item(asked)
        return Answer([_comment_json(comment) for comment in item.comments])

    def _comment(self, asked: Asked) -> Answer:
        self._need("issues", "write:issue")
        held, item = self._item(asked)
        keys = [comment.key for one in _items(held) for comment in one.comments]
        comment = HeldComment(max((0, *keys)) + 1, asked.body["body"])
        item.comments.append(comment)
        return Answer(_comment_json(comment), 201)

    def _edit_comment(self, asked: Asked) -> Answer:
        key = int(asked.parts["key"])
        for item in _items(self._held(asked)):
            for comment in item.comments:
                if comment.key == key and comment.author != ACCOUNT:
                    raise Refused(403, {"message": "not your comment", "url": ""})
                if comment.key == key:
                    comment.body = asked.body["body"]
                    return Answer(_comment_json(comment))
        raise _missing()

    def _list_issues(self, asked: Asked) -> Answer:
        held = self._held(asked)
        found = held.issues.values() if asked.query.get("type") == "issues" else _items(held)
        newest = sorted(found, key=lambda item: item.number, reverse=True)
        return self.page(asked, [self._issue_json(held, item) for item in newest])

    def _open_issue(self, asked: Asked) -> Answer:
        self._need("issues", "write:issue")
        held, body = self._held(asked), asked.body
        if not held.issues_enabled:
            raise _missing()
        labels = _names(held, body["labels"])
        issue = held.add_issue(HeldIssue(0, body["title"], body["body"], labels=labels))
        return Answer(self._issue_json(held, issue), 201)

    def _edit_issue(self, asked: Asked) -> Answer:
        self._need("issues", "write:issue")
        held, issue = self._item(asked)
        issue.title, issue.body = asked.body["title"], asked.body["body"]
        held.touch(issue)
        return Answer(self._issue_json(held, issue), 201)

    def _repository_json(self, held: HeldRepository) -> dict[str, Any]:
        owner, _, name = held.path.partition("/")
        return {
            "id": held.key,
            "name": name,
            "full_name": held.path,
            "owner": {"id": 1, "login": owner},
            "default_branch": held.default_branch,
            "clone_url": f"{self.url}/{held.path}.git",
            "archived": held.archived,
            "fork": held.fork,
            "default_merge_style": "squash",
        }

    def _pull_json(self, held: HeldRepository, pull: HeldRequest) -> dict[str, Any]:
        tip = held.head(pull.head)
        there = 20_000 if pull.head_repository else held.key
        return {
            "number": pull.number,
            "html_url": f"{self.url}/{held.path}/pulls/{pull.number}",
            "title": pull.title,
            "body": pull.body,
            "state": pull.state,
            "merged": pull.merged,
            "mergeable": True,
            "labels": _labels_json(held, pull.labels),
            "head": {
                "label": pull.head,
                "ref": pull.head if tip else f"refs/pull/{pull.number}/head",
                "sha": tip,
                "repo_id": there,
            },
            "base": {
                "label": pull.base,
                "ref": pull.base,
                "sha": held.head(pull.base),
                "repo_id": held.key,
            },
        }

    def _issue_json(self, held: HeldRepository, item: HeldIssue) -> dict[str, Any]:
        return {
            "number": item.number,
            "html_url": f"{self.url}/{held.path}/issues/{item.number}",
            "title": item.title,
            "body": item.body,
            "state": item.state,
            "user": {"id": 1, "login": item.author},
            "labels": _labels_json(held, item.labels),
        }


def _missing() -> Refused:
    return Refused(404, {"message": "The target couldn't be found.", "errors": None, "url": ""})


def _items(held: HeldRepository) -> tuple[HeldIssue, ...]:
    return (*held.requests.values(), *held.issues.values())


def _names(held: HeldRepository, keys: Sequence[int]) -> list[str]:
    return [name for name, key in held.labels.items() if key in keys]


def _labels_json(held: HeldRepository, names: Sequence[str]) -> list[dict[str, Any]]:
    return [{"id": held.label_key(name), "name": name} for name in names]


def _comment_json(comment: HeldComment) -> dict[str, Any]:
    return {"id": comment.key, "body": comment.body, "user": {"id": 1, "login": comment.author}}
