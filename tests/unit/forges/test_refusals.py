"""What forges say when they refuse, in one harmless line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BedplateError, ForgeError, RateLimited, Unauthorized
from bedplate.forges.refusals import Conflict, Missing, Refusal, words_of

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["message", "x"]), inner),
)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {
                "message": "Validation Failed",
                "errors": [{"resource": "PullRequest", "message": "No commits between a and b"}],
                "documentation_url": "https://docs.github.com/rest",
            },
            "Validation Failed; PullRequest; No commits between a and b",
        ),
        (
            {"message": ["Another open merge request exists: !5"]},
            "Another open merge request exists: !5",
        ),
        ({"message": {"source_branch": ["is missing"]}}, "is missing"),
        ({"error": "insufficient_scope", "scope": "api"}, "insufficient_scope; api"),
        ({"message": "not found", "url": "https://gitea/api/swagger"}, "not found"),
        ({"message": "two\nlines \x1b[31mred"}, "two lines [31mred"),
        ([], ""),
    ],
)
def test_words_of_each_forge(body: object, words: str) -> None:
    assert words_of(json.dumps(body).encode()) == words


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_body_is_too_strange(content: bytes) -> None:
    words = words_of(content)
    assert len(words) <= 300
    assert words.isprintable()


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        (401, "", Unauthorized),
        (403, "", Unauthorized),
        (403, "You have exceeded a secondary rate limit", RateLimited),
        (404, "", Missing),
        (410, "", Missing),
        (409, "", Conflict),
        (422, "", Conflict),
        (418, "", ForgeError),
        (502, "", ForgeError),
    ],
)
def test_statuses(status: int, words: str, kind: type[BedplateError]) -> None:
    error = Refusal("host", status, {}, words, "open a pull request", "the scope repo").error()
    assert type(error) is kind


def test_what_a_request_would_need() -> None:
    headers = {"X-Accepted-GitHub-Permissions": "pull_requests=write"}
    error = Refusal("host", 403, headers, "", "open a pull request", "the scope repo").error()
    assert str(error) == (
        "host: the token may not open a pull request "
        "(the token needs the scope repo; this request needs pull_requests=write)"
    )
