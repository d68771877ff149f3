"""What GitHub does only through GraphQL: automatic merges, and drafts after opening.

Source: GitHub GraphQL API, "Mutations".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from bedplate.errors import Unauthorized
from bedplate.forges.api import Change
from bedplate.forges.refusals import Conflict

if TYPE_CHECKING:
    from bedplate.forges.api import Api

ENABLE_AUTO_MERGE = (
    "mutation($id: ID!, $method: PullRequestMergeMethod!, $head: GitObjectID) {"
    " enablePullRequestAutoMerge(input: {pullRequestId: $id, mergeMethod: $method,"
    " expectedHeadOid: $head}) { clientMutationId } }"
)
MARK_READY = (
    "mutation($id: ID!) { markPullRequestReadyForReview("
    "input: {pullRequestId: $id}) { clientMutationId } }"
)
MARK_DRAFT = (
    "mutation($id: ID!) { convertPullRequestToDraft("
    "input: {pullRequestId: $id}) { clientMutationId } }"
)


_WHO = "query { viewer { login } }"


class _Viewer(Struct):
    login: str = ""


class _Data(Struct):
    viewer: _Viewer | None = None


class _Who(Struct):
    data: _Data | None = None


class _Fault(Struct):
    message: str
    type: str = ""


class _Answer(Struct):
    errors: list[_Fault] = []


def mutate(api: Api, doing: str, mutation: str, **variables: str | None) -> None:
    """Send a mutation; GraphQL says with status 200 that it refused.

    Raises:
        Conflict: it does not fit, in GitHub's words.
        Unauthorized: the token may not.
    """
    body = {"query": mutation, "variables": variables}
    answer = api.change(_Answer, Change(doing, "/graphql", body))
    if not answer.errors:
        return
    fault = answer.errors[0]
    said = f"{api.host} does not {doing}: {' '.join(fault.message.split())[:300]}"
    if fault.type in ("FORBIDDEN", "INSUFFICIENT_SCOPES"):
        raise Unauthorized(said, "give the token the right to write pull requests and contents")
    raise Conflict(said, 422)


def ask_account(api: Api) -> str:
    """Ask whose token it is, which REST does not tell the tokens of apps and jobs."""
    answer = api.change(_Who, Change("ask whose token it is", "/graphql", {"query": _WHO}))
    viewer = answer.data.viewer if answer.data else None
    return viewer.login if viewer else ""
