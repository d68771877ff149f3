"""Opens or refreshes the one change request of a branch; a second run changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from bedplate.errors import ForgeError, RegistryUnreachable, Unauthorized
from bedplate.forges.body import marked_body, same_text
from bedplate.forges.markers import read_marker, without_markers
from bedplate.model.change_request import RequestState
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.forges.forge import ForgeClient
    from bedplate.forges.markers import State
    from bedplate.model.change_request import ChangeRequest, NewChangeRequest

KIND = "update"


class Action(StrEnum):
    """What was done."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DECLINED = "declined"  # a person closed the same change before: it is not opened again


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A change request after a run.

    Args:
        request: as it is now; of a declined one, as it was closed.
        action: what was done.
        notes: what was wanted and the forge did not do.
    """

    request: ChangeRequest
    action: Action
    notes: tuple[Skipped, ...] = ()


def refresh(client: ForgeClient, wanted: NewChangeRequest, content: str) -> Refreshed:
    """Make the change request of a branch what it should be.

    Title, body and target are always ours. Labels that are missing are added. Reviewers and
    assignees are asked once and never again, so that people can change them. A draft
    becomes ready when it was opened as a draft and no longer should be one.

    Args:
        client: of the repository.
        wanted: what it should be; the branch is on the forge already.
        content: stands for what the branch changes: a person who closes the request declines it.

    Raises:
        Unauthorized: the token may not open or edit change requests.
        ForgeError: the branch is missing, or has nothing that the base lacks.
    """
    found = client.find_open(wanted.branch)
    if found is None:
        declined = find_declined(client, wanted.branch, content)
        if declined is not None:
            return Refreshed(declined, Action.DECLINED)
        return _open(client, wanted, content)
    state = state_of(found) or {}
    notes: list[Skipped] = []
    if state.get("asked") is False:  # the run that opened it did not come to its end
        notes += _ask(client, found, wanted)
    ready = found.draft and not wanted.draft and state.get("draft") is True
    if ready:
        client.set_draft(found, draft=False)
        found = replace(found, draft=False)
    marked = replace(wanted, body=_marked(wanted, content, asked=True))
    edited = _edit(client, found, marked)
    fitted, more = _fit(client, found, wanted)
    action = Action.UPDATED if ready or edited or fitted else Action.UNCHANGED
    now = replace(found, title=marked.title, body=marked.body, base=marked.base)
    return Refreshed(now, action, (*notes, *more))


def find_declined(client: ForgeClient, branch: str, content: str) -> ChangeRequest | None:
    """Find the change request that a person closed without merging it, if nothing is new since.

    Worth asking before a branch is pushed: that person may have deleted it.

    Args:
        client: of the repository.
        branch: its name.
        content: as for `refresh`.
    """
    closed = client.find_closed(branch)
    if closed is None or closed.state is RequestState.MERGED:
        return None
    state = state_of(closed)
    if state is None or state.get("retired") or state.get("content") != content:
        return None
    return closed


def state_of(request: ChangeRequest) -> State | None:
    """Read what we wrote into a change request; None: it is not one of ours."""
    return read_marker(request.body, KIND)


def retire(client: ForgeClient, request: ChangeRequest, comment: str) -> None:
    """Close a change request that is no longer needed, saying why.

    What we close is marked as closed by us, so that the same change may be opened again later.
    """
    state = {**(state_of(request) or {}), "retired": True}
    client.close(request, marked_body(KIND, state, without_markers(request.body)))
    client.add_comment(request.number, comment)


def _marked(wanted: NewChangeRequest, content: str, *, asked: bool) -> str:
    state: State = {"content": content, "draft": wanted.draft, "asked": asked}
    return marked_body(KIND, state, wanted.body)


def _open(client: ForgeClient, wanted: NewChangeRequest, content: str) -> Refreshed:
    """Open a request, and note in it that all was asked for only when that is so."""
    asks = any((wanted.reviewers, wanted.team_reviewers, wanted.assignees, wanted.auto_merge))
    marked = replace(wanted, body=_marked(wanted, content, asked=not asks))
    request = _create(client, marked)
    notes = _ask(client, request, wanted)
    _, more = _fit(client, request, wanted)
    if asks:
        body = _marked(wanted, content, asked=True)
        client.edit(request, wanted.title, body, wanted.base)
        request = replace(request, body=body)
    return Refreshed(request, Action.CREATED, (*notes, *more))


def _ask(
    client: ForgeClient, request: ChangeRequest, wanted: NewChangeRequest
) -> tuple[Skipped, ...]:
    """Do what is done once: reviewers, assignees, and a merge of which the forge tells nothing."""
    users, teams = wanted.reviewers, wanted.team_reviewers
    notes: tuple[Skipped, ...] = ()
    if users or teams:
        what = f"reviewers {', '.join((*users, *teams))}"
        notes += _try(what, lambda: client.ask_reviewers(request, users, teams))
    if wanted.assignees:
        what = f"assignees {', '.join(wanted.assignees)}"
        notes += _try(what, lambda: client.assign(request, wanted.assignees))
    if wanted.auto_merge and request.auto_merge is None:
        notes += _try("automatic merge", lambda: client.merge_when_ready(request))
    return notes


def _create(client: ForgeClient, marked: NewChangeRequest) -> ChangeRequest:
    """Open it; where the answer was lost or somebody was faster, take what is there."""
    try:
        return client.create(marked)
    except (ForgeError, RegistryUnreachable):
        found = client.find_open(marked.branch)
        if found is None:
            raise
        _edit(client, found, marked)
        return found


def _edit(client: ForgeClient, found: ChangeRequest, marked: NewChangeRequest) -> bool:
    """Set title, body and target where they differ."""
    same = found.title == marked.title and found.base == marked.base
    if same and same_text(marked.body, found.body):
        return False
    client.edit(found, marked.title, marked.body, marked.base)
    return True


def _fit(
    client: ForgeClient, found: ChangeRequest, wanted: NewChangeRequest
) -> tuple[bool, tuple[Skipped, ...]]:
    """Set what may be set again and again; tell whether anything was."""
    steps: list[tuple[str, Callable[[], None]]] = []
    there = {label.casefold() for label in found.labels}
    missing = [label for label in wanted.labels if label.casefold() not in there]
    if missing:
        steps.append((f"labels {', '.join(missing)}", lambda: client.add_labels(found, missing)))
    if wanted.auto_merge and found.auto_merge is False:
        steps.append(("automatic merge", lambda: client.merge_when_ready(found)))
    notes = [note for what, step in steps for note in _try(what, step)]
    return len(notes) < len(steps), tuple(notes)


def _try(what: str, step: Callable[[], None]) -> tuple[Skipped, ...]:
    """Do what a change request can live without; give a note when the forge refuses."""
    try:
        step()
    except (ForgeError, Unauthorized) as error:
        return (Skipped(what, error.message),)
    return ()
