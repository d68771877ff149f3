"""Which change request a CI job runs for."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedplate.cli.check_request import FIELDS, read_policy
from bedplate.cli.ci_job import CiJob, find_job
from bedplate.errors import InvalidConfiguration

if TYPE_CHECKING:
    from conftest import Shell

GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "acme/shop",
    "GITHUB_API_URL": "https://api.github.com",
}
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("variables", "job"),
    [
        ({}, None),
        (GITHUB, None),
        (
            {**GITHUB, "GITHUB_REF": "refs/pull/12/merge"},
            CiJob("https://github.com/acme/shop", 12, "github", "https://api.github.com"),
        ),
        ({**GITHUB, "GITHUB_REF": "refs/pull/12/merge/x"}, None),
        ({**GITHUB, "GITHUB_REF": "refs/heads/main"}, None),
        (
            {**GITHUB, "GITHUB_REF": "refs/pull/12/head", "GITEA_ACTIONS": "true"},
            CiJob("https://github.com/acme/shop", 12, "gitea"),
        ),
        (
            {
                "GITLAB_CI": "true",
                "CI_PROJECT_URL": "https://gitlab.example/ann/shop",
                "CI_MERGE_REQUEST_PROJECT_URL": "https://gitlab.example/acme/shop",
                "CI_MERGE_REQUEST_IID": "7",
                "CI_API_V4_URL": "https://gitlab.example/api/v4",
            },
            CiJob("https://gitlab.example/acme/shop", 7, "gitlab", "https://gitlab.example/api/v4"),
        ),
        ({"GITLAB_CI": "true", "CI_PROJECT_URL": "https://gitlab.example/acme/shop"}, None),
    ],
)
def test_jobs(shell: Shell, variables: dict[str, str], job: CiJob | None) -> None:
    shell.environment |= variables
    assert find_job(shell.world) == job


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PLAIN)
def test_no_event_is_an_error(shell: Shell, document: object) -> None:
    event = shell.folder / "event.json"
    event.write_text(json.dumps({"pull_request": document}))
    shell.environment |= {**GITHUB, "GITHUB_EVENT_PATH": str(event)}
    assert find_job(shell.world) is None


@given(st.dictionaries(st.sampled_from(FIELDS), PLAIN) | PLAIN)
def test_no_policy_is_a_bug(table: object) -> None:
    with contextlib.suppress(InvalidConfiguration):
        read_policy(table, "bedplate.toml")
