"""Requests to a forge: limits, refusals, lost answers, pages, and a token that stays secret."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import (
    BedplateError,
    ForgeError,
    RateLimited,
    RegistryUnreachable,
    Unauthorized,
)
from bedplate.forges.opening import connect
from bedplate.forges.refreshing import Action, refresh
from bedplate.forges.refusals import Missing
from bedplate.forges.token import Token, TokenKind
from bedplate.model.change_request import NewChangeRequest
from bedplate.support.http import HttpClient
from bedplate.support.http_settings import HttpSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.forges.conftest import Bench

SECRET = "s3cret-t0ken-of-the-forge"
BRANCH = "bedplate/node"
WANTED = NewChangeRequest("title", "body", BRANCH, "main", labels=("docker",))


def test_a_429_is_waited_for(bench: Bench) -> None:
    bench.server.faults.refuse_with = [429]
    bench.server.faults.refuse_headers = {"Retry-After": "7"}
    assert refresh(bench.client, WANTED, "1").action is Action.CREATED
    assert 7 in bench.clock.slept


def test_a_secondary_limit_is_waited_for(open_bench: Callable[[str], Bench]) -> None:
    bench = open_bench("github")
    faults = bench.server.faults
    faults.methods, faults.refuse_with = frozenset({"POST"}), [403]
    faults.refuse_headers = {"Retry-After": "30"}
    assert refresh(bench.client, WANTED, "1").action is Action.CREATED
    assert 30 in bench.clock.slept
    assert len(bench.held.requests) == 1


def test_a_secondary_limit_without_a_time_ends_the_run(open_bench: Callable[[str], Bench]) -> None:
    bench = open_bench("github")
    faults = bench.server.faults
    faults.methods, faults.refuse_with = frozenset({"POST"}), [403]
    faults.refuse_body = b'{"message": "You have exceeded a secondary rate limit."}'
    with pytest.raises(RateLimited) as caught:
        refresh(bench.client, WANTED, "1")
    assert caught.value.retry_after == 60
    assert len(bench.server.sent("POST")) == 1


def test_an_exhausted_limit_says_when_it_ends(open_bench: Callable[[str], Bench]) -> None:
    bench = open_bench("github")
    faults = bench.server.faults
    faults.refuse_with = [403]
    reset = str(int(bench.clock.now) + 1_800)
    faults.refuse_headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}
    with pytest.raises(RateLimited, match="limits the rate of requests") as caught:
        bench.client.find_open(BRANCH)
    assert caught.value.retry_after == 1_800
    assert "1800 s" in caught.value.hint


def test_a_500_is_tried_again_when_that_is_harmless(bench: Bench) -> None:
    bench.server.faults.refuse_with = [500, 502]
    assert bench.client.describe().default_branch == "main"


def test_a_500_is_not_tried_again_when_it_could_double(bench: Bench) -> None:
    faults = bench.server.faults
    faults.methods, faults.refuse_with = frozenset({"POST"}), [500]
    with pytest.raises(ForgeError, match="status 500"):
        refresh(bench.client, WANTED, "1")
    assert len(bench.server.sent("POST")) == 1
    assert refresh(bench.client, WANTED, "1").action is Action.CREATED


def test_a_forge_that_does_not_answer(bench: Bench) -> None:
    bench.server.faults.silent = True
    hasty = HttpClient(HttpSettings(connect_timeout=0.2))
    with pytest.raises(RegistryUnreachable, match="does not answer"):
        connect(hasty, bench.client.repository, Token(SECRET)).find_open(BRANCH)
    hasty.close()


def test_a_web_page_is_no_answer(bench: Bench) -> None:
    bench.server.faults.web_pages = True
    with pytest.raises(ForgeError, match="something else than its API promises"):
        bench.client.describe()


@pytest.mark.parametrize("body", [b"[" * 100_000, b"{}", b'{"number": "x"}', b"\xff", b""])
def test_answers_that_are_no_documents(bench: Bench, body: bytes) -> None:
    bench.server.faults.refuse_with = [200]
    bench.server.faults.refuse_body = body
    with pytest.raises(ForgeError, match="something else"):
        bench.client.describe()


def test_a_bad_token_names_the_rights(bench: Bench) -> None:
    with pytest.raises(Unauthorized, match="does not take the token") as caught:
        bench.connect("wrong").find_open(BRANCH)
    assert "the token needs the" in caught.value.hint
    assert bench.server.host in caught.value.message


def test_a_token_without_rights_names_them(bench: Bench) -> None:
    bench.server.rights.clear()
    with pytest.raises(Unauthorized, match="may not open a") as caught:
        refresh(bench.client, WANTED, "1")
    word = {"github": "pull_requests=write", "gitlab": "scope api", "gitea": "write:repository"}
    assert word[bench.name] in str(caught.value)
    assert bench.server.mutations == 0


def test_a_repository_that_is_not_there(bench: Bench) -> None:
    with pytest.raises(Missing, match="no such thing, or not for this token"):
        bench.connect(SECRET, "acme/none").describe()


def test_labels_without_the_right_are_a_note(open_bench: Callable[[str], Bench]) -> None:
    bench = open_bench("github")
    bench.server.rights -= {"issues"}
    done = refresh(bench.client, WANTED, "1")
    assert done.action is Action.CREATED
    assert [note.what for note in done.notes] == ["labels docker"]


def test_a_token_is_in_no_error_log_or_address(
    bench: Bench, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    faults = bench.server.faults
    errors: list[BedplateError] = []
    echo = {"message": f"bad token {SECRET}", "errors": [{"message": SECRET}]}
    for status in (400, 401, 403, 404, 409, 422, 418):
        faults.refuse_with, faults.refuse_body = [status], json.dumps(echo).encode()
        with pytest.raises(BedplateError) as caught:
            bench.client.describe()
        errors.append(caught.value)
    faults.web_pages = True
    with pytest.raises(BedplateError) as caught:
        bench.client.describe()
    errors.append(caught.value)
    said = [f"{error!s} {error!r} {vars(error)!r} {error.__cause__!r}" for error in errors]
    said += [caplog.text, *capfd.readouterr(), repr(Token(SECRET)), repr(bench.client.repository)]
    said += [request.path for request in bench.server.requests]
    assert not [text for text in said if SECRET in text]
    assert all(SECRET in str(request.headers) for request in bench.server.requests)


def test_repositories_of_an_organisation_over_pages(bench: Bench) -> None:
    for number in range(130):
        bench.server.add_repository(f"acme/app-{number}").archived = number == 3
    found = list(bench.client.repositories("acme"))
    assert len(found) == 131
    assert [one.name for one in found if one.archived] == ["app-3"]
    assert {(one.owner, one.forge, one.default_branch) for one in found} == {
        ("acme", bench.name, "main")
    }
    with pytest.raises(Missing):
        list(bench.client.repositories("nobody"))


def test_nested_groups(open_bench: Callable[[str], Bench]) -> None:
    bench = open_bench("gitlab")
    bench.server.add_repository("acme/web/front/shop")
    client = bench.connect(SECRET, "acme/web/front/shop")
    there = client.describe()
    assert (there.owner, there.name) == ("acme/web/front", "shop")
    assert "/projects/acme%2Fweb%2Ffront%2Fshop" in bench.server.sent("GET")
    assert len(list(bench.client.repositories("acme"))) == 2


def test_a_list_without_end_is_ended(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bedplate.forges.api.MAX_PAGES", 3)
    for number in range(1, 400):
        bench.server.add_repository(f"acme/app-{number}")
    with pytest.raises(BedplateError, match="more than 3 pages"):
        list(bench.client.repositories("acme"))


def test_links_lead_to_no_other_host(bench: Bench) -> None:
    with type(bench.server)(SECRET) as thief:
        faults = bench.server.faults
        faults.refuse_with, faults.refuse_body = [200], b"[]"
        faults.refuse_headers = {"Link": f'<{thief.api_url}/x?page=2>; rel="next"'}
        assert bench.client.list_open("bedplate/") == ()
        assert thief.requests == []
    assert "page=2" in bench.server.requests[-1].path


def test_a_job_token_has_a_header_of_its_own(open_bench: Callable[[str], Bench]) -> None:
    bench = open_bench("gitlab")
    token = Token(SECRET, TokenKind.JOB)
    assert connect(bench.http, bench.client.repository, token).describe()
    assert bench.server.requests[-1].headers["JOB-TOKEN"] == SECRET


def test_without_a_token_nothing_is_sent_of_one(bench: Bench) -> None:
    with pytest.raises(Unauthorized):
        connect(bench.http, bench.client.repository, None).describe()
    headers = bench.server.requests[-1].headers
    assert not {"Authorization", "PRIVATE-TOKEN"} & set(headers)


def test_drafts_where_there_are_none(open_bench: Callable[[str], Bench]) -> None:
    bench = open_bench("github")
    bench.held.drafts = False
    done = refresh(bench.client, replace(WANTED, draft=True), "1")
    assert done.action is Action.CREATED
    assert not done.request.draft
    before = bench.server.mutations
    assert refresh(bench.client, replace(WANTED, draft=True), "1").action is Action.UNCHANGED
    assert bench.server.mutations == before


def test_teams_are_asked_where_they_can_be(bench: Bench) -> None:
    wanted = replace(WANTED, reviewers=("ann",), team_reviewers=("platform",))
    done = refresh(bench.client, wanted, "1")
    held = bench.held.requests[done.request.number]
    assert held.reviewers == ["ann"]
    if bench.name == "gitlab":
        assert "does not ask groups" in done.notes[0].reason
    else:
        assert (held.teams, done.notes) == (["platform"], ())
