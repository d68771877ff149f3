"""A GitHub in memory, written against the published API.

Source: GitHub REST API, version 2022-11-28; GraphQL API, "Mutations".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from bedplate.testing.forge_servers.answer import Answer, Asked, Refused, route
from bedplate.testing.forge_servers.github_json import (
    comment_json,
    custom,
    invalid,
    issue_json,
    node,
    pull_json,
    repository_json,
)
from bedplate.testing.forge_servers.server import ForgeServer
from bedplate.testing.forge_servers.state import (
    ACCOUNT,
    HeldComment,
    HeldIssue,
    HeldRepository,
    HeldRequest,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.testing.forge_servers.answer import Routes

_FORBIDDEN = "Resource not accessible by personal access token"


class GithubServer(ForgeServer):
    """GitHub as an Enterprise Server has it: the API is below `/api/v3`."""

    ROOT: ClassVar[str] = "/api/v3"

    def accepts(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a request bears the token."""
        return headers.get("Authorization") == f"Bearer {self.token}"

    def unauthorized(self) -> Answer:
        """Give the answer to a wrong token."""
        return Answer({"message": "Bad credentials", "status": "401"}, 401)

    def routes(self) -> Routes:
        """Give the table of the API."""
        repo = "/repos/{owner}/{name}"
        return (
            route("GET", repo, self._repository),
            route("GET", f"{repo}/pulls", self._list_pulls),
            route("POST", f"{repo}/pulls", self._open_pull),
            route("PATCH", f"{repo}/pulls/{{number}}", self._edit_pull),
            route("POST", f"{repo}/pulls/{{number}}/requested_reviewers", self._ask_reviewers),
            route("POST", f"{repo}/issues/{{number}}/labels", self._add_labels),
            route("POST", f"{repo}/issues/{{number}}/assignees", self._assign),
            route("GET", f"{repo}/issues/{{number}}/comments", self._list_comments),
            route("POST", f"{repo}/issues/{{number}}/comments", self._comment),
            route("PATCH", f"{repo}/issues/comments/{{key}}", self._edit_comment),
            route("GET", f"{repo}/issues", self._list_issues),
            route("POST", f"{repo}/issues", self._open_issue),
            route("PATCH", f"{repo}/issues/{{number}}", self._edit_issue),
            route("GET", "/orgs/{owner}/repos", self._repositories),
            route("POST", "/api/graphql", self._mutate),
        )

    def _held(self, asked: Asked) -> HeldRepository:
        path = f"{asked.parts['owner']}/{asked.parts['name']}"
        if path not in self.repositories:
            raise Refused(404, {"message": "Not Found", "status": "404"})
        return self.repositories[path]

    def _need(self, right: str, permission: str) -> None:
        if right not in self.rights:
            headers = {"X-Accepted-GitHub-Permissions": permission}
            raise Refused(403, {"message": _FORBIDDEN, "status": "403"}, headers)

    def _item(self, asked: Asked) -> tuple[HeldRepository, HeldIssue]:
        """Find an issue or a pull request, which share numbers."""
        held, number = self._held(asked), int(asked.parts["number"])
        item = held.requests.get(number) or held.issues.get(number)
        if item is None:
            raise Refused(404, {"message": "Not Found", "status": "404"})
        return held, item

    def _pull(self, asked: Asked) -> tuple[HeldRepository, HeldRequest]:
        held, item = self._item(asked)
        if not isinstance(item, HeldRequest):
            raise Refused(404, {"message": "Not Found", "status": "404"})
        return held, item

    def _repository(self, asked: Asked) -> Answer:
        return Answer(repository_json(self.url, self._held(asked)))

    def _repositories(self, asked: Asked) -> Answer:
        owner = asked.parts["owner"]
        held = [one for path, one in self.repositories.items() if path.startswith(f"{owner}/")]
        if not held:
            raise Refused(404, {"message": "Not Found"})
        return self.page(asked, [repository_json(self.url, one) for one in held])

    def _list_pulls(self, asked: Asked) -> Answer:
        held, query = self._held(asked), asked.query
        state, head = query.get("state", "open"), query.get("head", "")
        found = [
            pull
            for pull in held.requests.values()
            if state in ("all", pull.state)
            and (not head or head == f"{_owner_of_head(held, pull)}:{pull.head}")
        ]
        by_update = query.get("sort") == "updated"
        found.sort(key=lambda pull: pull.updated if by_update else pull.number, reverse=True)
        return self.page(asked, [pull_json(self.url, held, pull) for pull in found])

    def _open_pull(self, asked: Asked) -> Answer:
        self._need("pulls", "pull_requests=write")
        held, body = self._held(asked), asked.body
        head, base = body["head"], body["base"]
        tips = {"head": held.head(head), "base": held.head(base)}
        for name, tip in tips.items():
            if not tip:
                raise invalid({"resource": "PullRequest", "field": name, "code": "invalid"})
        if held.open_request(head):
            owner = held.path.partition("/")[0]
            raise custom(f"A pull request already exists for {owner}:{head}.")
        if tips["head"] == tips["base"]:
            raise custom(f"No commits between {base} and {head}")
        if body.get("draft") and not held.drafts:
            message = "Draft pull requests are not supported in this repository."
            raise Refused(422, {"message": message, "status": "422"})
        pull = held.add_request(
            HeldRequest(
                0, body["title"], body["body"], head=head, base=base, draft=bool(body.get("draft"))
            )
        )
        return Answer(pull_json(self.url, held, pull), 201)

    def _edit_pull(self, asked: Asked) -> Answer:
        self._need("pulls", "pull_requests=write")
        held, pull = self._pull(asked)
        for name in ("title", "body", "state", "base"):
            setattr(pull, name, asked.body.get(name, getattr(pull, name)))
        held.touch(pull)
        return Answer(pull_json(self.url, held, pull))

    def _ask_reviewers(self, asked: Asked) -> Answer:
        self._need("pulls", "pull_requests=write")
        held, pull = self._pull(asked)
        users, teams = set(asked.body["reviewers"]), set(asked.body["team_reviewers"])
        if not (users <= held.users and teams <= held.teams):
            message = "Reviews may only be requested from collaborators."
            raise Refused(422, {"message": message, "status": "422"})
        pull.reviewers.extend(sorted(users))
        pull.teams.extend(sorted(teams))
        return Answer(pull_json(self.url, held, pull), 201)

    def _add_labels(self, asked: Asked) -> Answer:
        self._need("issues", "issues=write; pull_requests=write")
        held, item = self._item(asked)
        for name in asked.body["labels"]:
            held.label_key(name)
            item.labels.append(name)
        return Answer([{"name": name} for name in item.labels])

    def _assign(self, asked: Asked) -> Answer:
        held, item = self._item(asked)
        item.assignees.extend(name for name in asked.body["assignees"] if name in held.users)
        return Answer(issue_json(self.url, held, item), 201)

    def _list_comments(self, asked: Asked) -> Answer:
        _, item = self._item(asked)
        return self.page(asked, [comment_json(comment) for comment in item.comments])

    def _comment(self, asked: Asked) -> Answer:
        self._need("issues", "issues=write; pull_requests=write")
        held, item = self._item(asked)
        keys = [comment.key for one in _items(held) for comment in one.comments]
        comment = HeldComment(max((0, *keys)) + 1, asked.body["body"])
        item.comments.append(comment)
        return Answer(comment_json(comment), 201)

    def _edit_comment(self, asked: Asked) -> Answer:
        key = int(asked.parts["key"])
        for item in _items(self._held(asked)):
            for comment in item.comments:
                if comment.key == key and comment.author != ACCOUNT:
                    raise Refused(403, {"message": _FORBIDDEN, "status": "403"})
                if comment.key == key:
                    comment.body = asked.body["body"]
                    return Answer(comment_json(comment))
        raise Refused(404, {"message": "Not Found"})

    def _list_issues(self, asked: Asked) -> Answer:
        held = self._held(asked)
        found = sorted(_items(held), key=lambda item: item.updated, reverse=True)
        state = asked.query.get("state", "open")
        shown = [item for item in found if state in ("all", item.state)]
        return self.page(asked, [issue_json(self.url, held, item) for item in shown])

    def _open_issue(self, asked: Asked) -> Answer:
        self._need("issues", "issues=write")
        held, body = self._held(asked), asked.body
        if not held.issues_enabled:
            raise Refused(410, {"message": "Issues has been disabled in this repository."})
        issue = held.add_issue(HeldIssue(0, body["title"], body["body"], labels=body["labels"]))
        return Answer(issue_json(self.url, held, issue), 201)

    def _edit_issue(self, asked: Asked) -> Answer:
        held, issue = self._item(asked)
        issue.title, issue.body = asked.body["title"], asked.body["body"]
        held.touch(issue)
        return Answer(issue_json(self.url, held, issue))

    def _mutate(self, asked: Asked) -> Answer:
        """Obey a GraphQL mutation; refusals have status 200 too."""
        query, variables = asked.body["query"], asked.body.get("variables", {})
        if "viewer" in query:
            raise Refused(200, {"data": {"viewer": {"login": ACCOUNT}}})  # changes nothing
        held, pull = self._by_node(variables["id"])
        refusal = ""
        if "pulls" not in self.rights:
            refusal = _FORBIDDEN
        elif "enablePullRequestAutoMerge" in query and not held.auto_merge:
            refusal = "Auto merge is not allowed for this repository"
        if refusal:
            raise Refused(200, {"data": None, "errors": [{"message": refusal}]})
        if "enablePullRequestAutoMerge" in query:
            pull.auto_merge = True
        elif "markPullRequestReadyForReview" in query:
            pull.draft = False
        elif "convertPullRequestToDraft" in query:
            pull.draft = True
        return Answer({"data": {}})

    def _by_node(self, wanted: str) -> tuple[HeldRepository, HeldRequest]:
        for held in self.repositories.values():
            for pull in held.requests.values():
                if wanted == node(held, pull):
                    return held, pull
        raise Refused(200, {"errors": [{"type": "NOT_FOUND", "message": "Could not resolve"}]})


def _items(held: HeldRepository) -> tuple[HeldIssue, ...]:
    return (*held.requests.values(), *held.issues.values())


def _owner_of_head(held: HeldRepository, pull: HeldRequest) -> str:
    return (pull.head_repository or held.path).partition("/")[0]
