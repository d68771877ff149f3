"""The one comment and the one issue that are kept up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.errors import ForgeError, Unauthorized
from bedplate.forges.markers import write_marker
from bedplate.forges.remarks import find_issue, keep_comment, keep_issue
from bedplate.testing.forge_servers.state import HeldComment, HeldIssue, HeldRequest

if TYPE_CHECKING:
    from tests.unit.forges.conftest import Bench


@pytest.fixture
def request_of_a_person(bench: Bench) -> HeldRequest:
    request = bench.held.add_request(HeldRequest(0, "theirs", "", head="feature"))
    for number in range(1, 151):
        request.comments.append(HeldComment(number, f"talk {number}", "ann"))
    return request


def test_a_comment_is_written_once_and_rewritten(
    bench: Bench, request_of_a_person: HeldRequest
) -> None:
    request = request_of_a_person
    assert keep_comment(bench.client, request.number, "check", "red")
    assert keep_comment(bench.client, request.number, "check", "green")
    before = bench.server.mutations
    assert not keep_comment(bench.client, request.number, "check", "green")
    assert bench.server.mutations == before == 2
    ours = [comment.body for comment in request.comments if comment.author == "bedplate"]
    assert len(ours) == 1
    assert ours[0].endswith("green\n")


def test_a_comment_whose_answer_was_lost_is_not_doubled(
    bench: Bench, request_of_a_person: HeldRequest
) -> None:
    bench.server.faults.methods, bench.server.faults.lose = frozenset({"POST"}), 1
    assert keep_comment(bench.client, request_of_a_person.number, "check", "red")
    assert len(request_of_a_person.comments) == 151


def test_a_marker_in_a_comment_of_somebody_else_does_not_stop_us(
    bench: Bench, request_of_a_person: HeldRequest
) -> None:
    request = request_of_a_person
    request.comments[0].body = write_marker("check", {})
    assert keep_comment(bench.client, request.number, "check", "red")
    assert keep_comment(bench.client, request.number, "check", "green")
    assert not keep_comment(bench.client, request.number, "check", "green")
    assert len(request.comments) == 151


def test_an_issue_of_somebody_else_is_not_ours(bench: Bench) -> None:
    bench.server.rights.add("user")
    theirs = bench.held.add_issue(HeldIssue(0, "x", write_marker("dashboard", {}), author="eve"))
    issue, changed = keep_issue(bench.client, "dashboard", "Images", "one")
    assert changed
    assert issue.number != theirs.number
    assert keep_issue(bench.client, "dashboard", "Images", "one") == (issue, False)


def test_a_comment_of_somebody_else_is_not_even_tried(
    bench: Bench, request_of_a_person: HeldRequest
) -> None:
    bench.server.rights.add("user")
    request_of_a_person.comments[0].body = write_marker("check", {})
    assert keep_comment(bench.client, request_of_a_person.number, "check", "red")
    assert bench.server.sent("PATCH") == bench.server.sent("PUT") == []


def test_an_issue_is_opened_once_and_rewritten(bench: Bench) -> None:
    for number in range(120):
        bench.held.add_issue(HeldIssue(0, f"bug {number}", "help"))
    first, changed = keep_issue(bench.client, "dashboard", "Images", "one", ("docker",))
    assert changed
    for number in range(120):
        bench.held.add_issue(HeldIssue(0, f"bug {number}", "help"))
    second, changed = keep_issue(bench.client, "dashboard", "Images", "two", ("docker",))
    assert (second.number, changed) == (first.number, True)
    before = bench.server.mutations
    assert not keep_issue(bench.client, "dashboard", "Images", "two", ("docker",))[1]
    assert bench.server.mutations == before
    held = bench.held.issues[first.number]
    assert held.body.endswith("two\n")
    assert held.labels == ["docker"]


def test_an_issue_that_a_person_closed_is_left_alone(bench: Bench) -> None:
    issue, _ = keep_issue(bench.client, "dashboard", "Images", "one")
    bench.held.issues[issue.number].state = "closed"
    again, changed = keep_issue(bench.client, "dashboard", "Images", "two")
    assert (again.number, again.open, changed) == (issue.number, False, False)
    assert len(bench.held.issues) == 1


def test_an_issue_whose_answer_was_lost_is_not_doubled(bench: Bench) -> None:
    bench.server.faults.methods, bench.server.faults.lose = frozenset({"POST"}), 1
    issue, changed = keep_issue(bench.client, "dashboard", "Images", "one")
    assert changed
    assert list(bench.held.issues) == [issue.number]


def test_a_repository_without_issues_says_so(bench: Bench) -> None:
    bench.held.issues_enabled = False
    with pytest.raises((ForgeError, Unauthorized), match="open an issue"):
        keep_issue(bench.client, "dashboard", "Images", "one")
    assert find_issue(bench.client, "dashboard") is None
