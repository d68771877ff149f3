"""A GitLab in memory, written against the published API.

Source: GitLab REST API, version 4.
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

_DRAFTS = ("draft:", "[draft]", "(draft)")
_SCOPES = "The request requires higher privileges than provided by the access token."


class GitlabServer(ForgeServer):
    """GitLab; numbers of issues and merge requests are counted apart."""

    ROOT: ClassVar[str] = "/api/v4"

    def accepts(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a request bears the token."""
        return self.token in (headers.get("PRIVATE-TOKEN"), headers.get("JOB-TOKEN"))

    def routes(self) -> Routes:
        """Give the table of the API."""
        project, number = "/projects/{project}", "{number}"
        merge = f"{project}/merge_requests/{number}"
        return (
            route("GET", project, self._project),
            route("GET", f"{project}/merge_requests", self._list_requests),
            route("POST", f"{project}/merge_requests", self._open_request),
            route("PUT", merge, self._edit_request),
            route("PUT", f"{merge}/merge", self._merge),
            route("GET", f"{merge}/notes", self._list_notes),
            route("POST", f"{merge}/notes", self._note),
            route("PUT", f"{merge}/notes/{{key}}", self._edit_note),
            route("GET", f"{project}/issues", self._list_issues),
            route("POST", f"{project}/issues", self._open_issue),
            route("PUT", f"{project}/issues/{number}", self._edit_issue),
            route("GET", "/user", lambda _: Answer(_user(ACCOUNT))),
            route("GET", "/users", self._users),
            route("GET", "/groups/{owner}/projects", self._projects),
        )

    def _held(self, asked: Asked) -> HeldRepository:
        path = asked.parts["project"]
        if path not in self.repositories:
            raise Refused(404, {"message": "404 Project Not Found"})
        return self.repositories[path]

    def _need(self, right: str) -> None:
        if right not in self.rights:
            document = {
                "error": "insufficient_scope",
                "error_description": _SCOPES,
                "scope": "api",
            }
            raise Refused(403, document)

    def _request(self, asked: Asked) -> tuple[HeldRepository, HeldRequest]:
        held = self._held(asked)
        found = held.requests.get(int(asked.parts["number"]))
        if found is None:
            raise Refused(404, {"message": "404 Not found"})
        return held, found

    def _user_names(self, held: HeldRepository, keys: Sequence[int]) -> list[str]:
        """Find users by their identifiers; who can't be found is left out, as GitLab does."""
        names = sorted(held.users)
        return [names[key - 1] for key in keys if 0 < key <= len(names)]

    def _users(self, asked: Asked) -> Answer:
        held = next(iter(self.repositories.values()))
        users = [
            {"id": key, "username": name}
            for key, name in enumerate(sorted(held.users), 1)
            if name == asked.query["username"]
        ]
        return self.page(asked, users)

    def _project(self, asked: Asked) -> Answer:
        return Answer(self._project_json(self._held(asked)))

    def _projects(self, asked: Asked) -> Answer:
        group = f"{asked.parts['owner']}/"
        nested = asked.query.get("include_subgroups") == "true"
        found = [
            self._project_json(held)
            for path, held in self.repositories.items()
            if path.startswith(group) and (nested or "/" not in path.removeprefix(group))
        ]
        if not found:
            raise Refused(404, {"message": "404 Group Not Found"})
        return self.page(asked, found)

    def _list_requests(self, asked: Asked) -> Answer:
        held, query = self._held(asked), asked.query
        branch, state = query.get("source_branch", ""), query.get("state", "all")
        by_update = query.get("order_by") == "updated_at"
        found = [
            request
            for request in held.requests.values()
            if state in ("all", _state(request)) and (not branch or request.head == branch)
        ]
        found.sort(key=lambda one: one.updated if by_update else one.number, reverse=True)
        return self.page(asked, [self._request_json(held, request) for request in found])

    def _open_request(self, asked: Asked) -> Answer:
        self._need("pulls")
        held, body = self._held(asked), asked.body
        head = body["source_branch"]
        there = held.open_request(head)
        if there is not None:
            message = "Another open merge request already exists for this source branch"
            raise Refused(409, {"message": [f"{message}: !{there.number}"]})
        if not held.head(head):
            raise Refused(422, {"message": {"source_branch": [f'"{head}" does not exist']}})
        number = max((0, *held.requests)) + 1
        request = held.add_request(
            HeldRequest(
                number, body["title"], body["description"], head=head, base=body["target_branch"]
            )
        )
        return Answer(self._request_json(held, request), 201)

    def _edit_request(self, asked: Asked) -> Answer:
        self._need("pulls")
        held, request = self._request(asked)
        body = asked.body
        names = {"title": "title", "description": "body", "target_branch": "base"}
        for theirs, ours in names.items():
            setattr(request, ours, body.get(theirs, getattr(request, ours)))
        if body.get("state_event") == "close":
            request.state = "closed"
        request.labels.extend(name for name in body.get("add_labels", "").split(",") if name)
        if "assignee_ids" in body:
            request.assignees = self._user_names(held, body["assignee_ids"])
        if "reviewer_ids" in body:
            request.reviewers = self._user_names(held, body["reviewer_ids"])
        held.touch(request)
        return Answer(self._request_json(held, request))

    def _merge(self, asked: Asked) -> Answer:
        self._need("pulls")
        held, request = self._request(asked)
        if not held.auto_merge or _is_draft(request):
            raise Refused(405, {"message": "405 Method Not Allowed"})
        if asked.body.get("sha", held.head(request.head)) != held.head(request.head):
            raise Refused(409, {"message": "SHA does not match HEAD of source branch"})
        request.auto_merge = True
        return Answer(self._request_json(held, request))

    def _list_notes(self, asked: Asked) -> Answer:
        _, request = self._request(asked)
        happened = {"id": 0, "body": "changed title", "author": _user("root"), "system": True}
        notes = [happened, *(_note_json(comment) for comment in request.comments)]
        return self.page(asked, notes)

    def _note(self, asked: Asked) -> Answer:
        self._need("pulls")
        _, request = self._request(asked)
        comment = HeldComment(len(request.comments) + 1, asked.body["body"])
        request.comments.append(comment)
        return Answer(_note_json(comment), 201)

    def _edit_note(self, asked: Asked) -> Answer:
        _, request = self._request(asked)
        for comment in request.comments:
            if comment.key == int(asked.parts["key"]) and comment.author != ACCOUNT:
                raise Refused(403, {"message": "403 Forbidden"})
            if comment.key == int(asked.parts["key"]):
                comment.body = asked.body["body"]
                return Answer(_note_json(comment))
        raise Refused(404, {"message": "404 Not found"})

    def _list_issues(self, asked: Asked) -> Answer:
        held = self._held(asked)
        found = sorted(held.issues.values(), key=lambda issue: issue.updated, reverse=True)
        return self.page(asked, [self._issue_json(held, issue) for issue in found])

    def _open_issue(self, asked: Asked) -> Answer:
        self._need("issues")
        held, body = self._held(asked), asked.body
        if not held.issues_enabled:
            raise Refused(403, {"message": "403 Forbidden"})
        labels = [name for name in body["labels"].split(",") if name]
        issue = HeldIssue(
            max((0, *held.issues)) + 1, body["title"], body["description"], labels=labels
        )
        return Answer(self._issue_json(held, held.add_issue(issue)), 201)

    def _edit_issue(self, asked: Asked) -> Answer:
        self._need("issues")
        held = self._held(asked)
        issue = held.issues[int(asked.parts["number"])]
        issue.title, issue.body = asked.body["title"], asked.body["description"]
        held.touch(issue)
        return Answer(self._issue_json(held, issue))

    def _project_json(self, held: HeldRepository) -> dict[str, Any]:
        document: dict[str, Any] = {
            "id": held.key,
            "path_with_namespace": held.path,
            "default_branch": held.default_branch or None,
            "http_url_to_repo": f"{self.url}/{held.path}.git",
            "archived": held.archived,
        }
        if held.fork:
            document["forked_from_project"] = {"id": 10_000}
        return document

    def _request_json(self, held: HeldRepository, request: HeldRequest) -> dict[str, Any]:
        return {
            "id": 1_000 + request.number,
            "iid": request.number,
            "web_url": f"{self.url}/{held.path}/-/merge_requests/{request.number}",
            "title": request.title,
            "description": request.body,
            "state": _state(request),
            "draft": _is_draft(request),
            "source_branch": request.head,
            "target_branch": request.base,
            "source_project_id": 20_000 if request.head_repository else held.key,
            "target_project_id": held.key,
            "labels": request.labels,
            "sha": held.head(request.head),
            "merge_when_pipeline_succeeds": request.auto_merge,
            "detailed_merge_status": "mergeable",
        }

    def _issue_json(self, held: HeldRepository, issue: HeldIssue) -> dict[str, Any]:
        return {
            "id": 5_000 + issue.number,
            "iid": issue.number,
            "web_url": f"{self.url}/{held.path}/-/issues/{issue.number}",
            "title": issue.title,
            "description": issue.body,
            "state": "opened" if issue.state == "open" else "closed",
            "author": _user(issue.author),
            "labels": issue.labels,
        }


def _state(request: HeldRequest) -> str:
    if request.merged:
        return "merged"
    return "opened" if request.state == "open" else "closed"


def _is_draft(request: HeldRequest) -> bool:
    return request.title.lower().startswith(_DRAFTS)


def _user(name: str) -> dict[str, Any]:
    return {"id": len(name), "username": name}


def _note_json(comment: HeldComment) -> dict[str, Any]:
    return {
        "id": comment.key,
        "body": comment.body,
        "author": _user(comment.author),
        "system": False,
    }
