"""One change request per branch, opened once, refreshed when something is new."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import ForgeError, RegistryUnreachable
from bedplate.forges.refreshing import Action, find_declined, refresh, retire, state_of
from bedplate.model.change_request import NewChangeRequest, RequestState
from bedplate.testing.forge_servers.state import HeldRequest

if TYPE_CHECKING:
    from tests.unit.forges.conftest import Bench

BRANCH = "bedplate/node"
WANTED = NewChangeRequest(
    title="node: 22.11 to 22.12",
    body="| a | b |\n|---|---|\n",
    branch=BRANCH,
    base="main",
    labels=("dependencies", "docker"),
    reviewers=("ann",),
    assignees=("bob",),
)


def test_a_request_is_opened_with_all_that_was_asked_for(bench: Bench) -> None:
    done = refresh(bench.client, WANTED, "22.12")
    held = bench.held.requests[done.request.number]
    assert (done.action, done.notes) == (Action.CREATED, ())
    assert (held.title, held.head, held.base) == (WANTED.title, BRANCH, "main")
    assert set(held.labels) == set(WANTED.labels)
    assert (held.reviewers, held.assignees) == (["ann"], ["bob"])
    assert held.body.endswith("-->\n| a | b |\n|---|---|\n")


def test_a_second_run_changes_nothing(bench: Bench) -> None:
    wanted = replace(WANTED, auto_merge=True)
    refresh(bench.client, wanted, "22.12")
    before = bench.server.mutations
    again = refresh(bench.client, wanted, "22.12")
    assert again.action is Action.UNCHANGED
    assert bench.server.mutations == before
    assert len(bench.held.requests) == 1


def test_news_go_into_the_same_request(bench: Bench) -> None:
    first = refresh(bench.client, WANTED, "22.12")
    newer = replace(WANTED, title="node: 22.11 to 22.13", body="new")
    second = refresh(bench.client, newer, "22.13")
    held = bench.held.requests[first.request.number]
    assert (second.action, second.request.number) == (Action.UPDATED, first.request.number)
    assert held.title.endswith("22.13")
    assert (state_of(second.request) or {})["content"] == "22.13"


def test_who_was_taken_off_is_not_asked_again_but_labels_come_back(bench: Bench) -> None:
    done = refresh(bench.client, WANTED, "22.12")
    held = bench.held.requests[done.request.number]
    held.reviewers.clear()
    held.assignees.clear()
    held.labels.clear()
    assert refresh(bench.client, WANTED, "22.12").action is Action.UPDATED
    assert (held.reviewers, held.assignees) == ([], [])
    assert set(held.labels) == set(WANTED.labels)


def test_what_a_person_closed_is_not_opened_again_until_there_is_news(bench: Bench) -> None:
    done = refresh(bench.client, WANTED, "22.12")
    bench.held.requests[done.request.number].state = "closed"
    assert refresh(bench.client, WANTED, "22.12").action is Action.DECLINED
    assert refresh(bench.client, WANTED, "22.13").action is Action.CREATED


def test_what_was_merged_may_be_wanted_again(bench: Bench) -> None:
    done = refresh(bench.client, WANTED, "22.12")
    held = bench.held.requests[done.request.number]
    held.state, held.merged = "closed", True
    closed = bench.client.find_closed(BRANCH)
    assert closed is not None
    assert closed.state is RequestState.MERGED
    assert refresh(bench.client, WANTED, "22.12").action is Action.CREATED


def test_what_we_closed_says_why_and_may_come_back(bench: Bench) -> None:
    done = refresh(bench.client, WANTED, "22.12")
    retire(bench.client, done.request, "no longer needed")
    held = bench.held.requests[done.request.number]
    assert held.state == "closed"
    assert [comment.body for comment in held.comments] == ["no longer needed"]
    assert held.body.endswith("-->\n| a | b |\n|---|---|\n")
    assert refresh(bench.client, WANTED, "22.12").action is Action.CREATED


def test_what_a_person_closed_is_known_before_a_push(bench: Bench) -> None:
    done = refresh(bench.client, WANTED, "22.12")
    assert find_declined(bench.client, BRANCH, "22.12") is None
    bench.held.requests[done.request.number].state = "closed"
    assert find_declined(bench.client, BRANCH, "22.13") is None
    declined = find_declined(bench.client, BRANCH, "22.12")
    assert declined is not None
    assert declined.number == done.request.number


def test_a_marker_that_the_body_quotes_is_not_ours(bench: Bench) -> None:
    quoted = '<!-- bedplate:update {"content":"22.13","asked":false} -->'
    wanted = replace(WANTED, body=f"notes of the release: {quoted}")
    done = refresh(bench.client, wanted, "22.12")
    assert (state_of(done.request) or {})["content"] == "22.12"
    before = bench.server.mutations
    assert refresh(bench.client, wanted, "22.12").action is Action.UNCHANGED
    assert bench.server.mutations == before


def test_a_body_that_is_too_long_is_cut(bench: Bench) -> None:
    wanted = replace(WANTED, body="| one row |\n" * 20_000)
    done = refresh(bench.client, wanted, "22.12")
    held = bench.held.requests[done.request.number]
    assert len(held.body) < 65_536
    assert held.body.rstrip().endswith("cut here.*")
    assert refresh(bench.client, wanted, "22.12").action is Action.UNCHANGED


def test_a_draft_becomes_ready_when_it_was_ours(bench: Bench) -> None:
    done = refresh(bench.client, replace(WANTED, draft=True), "22.12")
    found = bench.client.find_open(BRANCH)
    assert found is not None
    assert (found.draft, found.title) == (True, WANTED.title)
    assert refresh(bench.client, WANTED, "22.12").action is Action.UPDATED
    ready = bench.client.find_open(BRANCH)
    assert ready is not None
    assert (ready.draft, ready.title) == (False, WANTED.title)
    assert done.request.number == ready.number


def test_a_draft_that_a_person_made_stays_one(bench: Bench) -> None:
    done = refresh(bench.client, WANTED, "22.12")
    bench.client.set_draft(done.request, draft=True)
    before = bench.server.mutations
    assert refresh(bench.client, WANTED, "22.12").action is Action.UNCHANGED
    found = bench.client.find_open(BRANCH)
    assert found is not None
    assert found.draft
    assert bench.server.mutations == before


def test_reviewers_that_do_not_exist_are_a_note(bench: Bench) -> None:
    done = refresh(bench.client, replace(WANTED, reviewers=("ghost",)), "22.12")
    assert done.action is Action.CREATED
    assert [note.what for note in done.notes] == ["reviewers ghost"]
    assert set(bench.held.requests[done.request.number].labels) == set(WANTED.labels)


def test_automatic_merge_is_a_note_where_it_is_not_allowed(bench: Bench) -> None:
    bench.held.auto_merge = False
    done = refresh(bench.client, replace(WANTED, auto_merge=True), "22.12")
    assert [note.what for note in done.notes] == ["automatic merge"]
    assert not bench.held.requests[done.request.number].auto_merge


def test_a_lost_answer_does_not_double_a_request(bench: Bench) -> None:
    bench.server.faults.methods = frozenset({"POST"})
    bench.server.faults.lose = 1
    done = refresh(bench.client, WANTED, "22.12")
    assert done.action is Action.CREATED
    assert len(bench.held.requests) == 1
    assert set(bench.held.requests[done.request.number].labels) == set(WANTED.labels)


def test_somebody_faster_leaves_one_request(bench: Bench) -> None:
    find_open = bench.client.find_open
    calls: list[str] = []

    def find(branch: str) -> object:
        calls.append(branch)
        if len(calls) == 1:
            bench.held.add_request(HeldRequest(0, "other", "", head=branch))
            return None
        return find_open(branch)

    bench.client.find_open = find  # type: ignore[method-assign, assignment]
    refresh(bench.client, WANTED, "22.12")
    assert [request.title for request in bench.held.requests.values()] == [WANTED.title]


def test_a_request_that_is_refused_is_not_made_again_and_again(bench: Bench) -> None:
    bench.server.faults.methods = frozenset({"POST"})
    bench.server.faults.drop = 1
    with pytest.raises(RegistryUnreachable):
        refresh(bench.client, WANTED, "22.12")
    assert len(bench.server.sent("POST")) == 1
    assert refresh(bench.client, WANTED, "22.12").action is Action.CREATED


def test_a_run_that_ended_early_is_carried_on(bench: Bench) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    wanted = replace(WANTED, auto_merge=True)
    client = bench.connect("s3cret-t0ken-of-the-forge")
    client.ask_reviewers = interrupt  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        refresh(client, wanted, "22.12")
    assert refresh(bench.client, wanted, "22.12").action is Action.UPDATED
    held = bench.held.requests[1]
    assert (held.reviewers, held.assignees, held.auto_merge) == (["ann"], ["bob"], True)
    assert set(held.labels) == set(WANTED.labels)
    before = bench.server.mutations
    assert refresh(bench.client, wanted, "22.12").action is Action.UNCHANGED
    assert bench.server.mutations == before


def test_a_missing_branch_is_refused(bench: Bench) -> None:
    with pytest.raises(ForgeError):
        refresh(bench.client, replace(WANTED, branch="bedplate/none"), "1")
    assert bench.held.requests == {}


def test_requests_of_forks_are_not_ours(bench: Bench) -> None:
    bench.held.add_request(HeldRequest(0, "x", "", head=BRANCH, head_repository="eve/shop"))
    assert bench.client.find_open(BRANCH) is None
    assert bench.client.list_open("bedplate/") == ()


def test_more_requests_than_fit_on_a_page(bench: Bench) -> None:
    for number in range(1, 231):
        bench.held.add_request(HeldRequest(number, "other", "", head=f"feature/{number}"))
    bench.held.requests[115].head = "bedplate/python"
    bench.held.requests[1].head = BRANCH
    found = bench.client.list_open("bedplate/")
    assert {request.branch for request in found} == {"bedplate/python", BRANCH}
    here = bench.client.find_open(BRANCH)
    assert here is not None
    assert here.number == 1
