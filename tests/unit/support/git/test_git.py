"""The git command: bounded, without prompts, and with a login that nobody else sees."""

from __future__ import annotations

import base64
import dataclasses
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import BadInput, BedplateError, GitError, LimitExceeded, Unauthorized
from bedplate.support import git as git_module
from bedplate.support.bounded_process import Bounds, run_bounded
from bedplate.support.git import Git
from bedplate.support.git_environment import GitLogin, git_environment, login_for
from bedplate.support.git_publishing import Branch, Push, publish
from bedplate.support.git_remote import (
    Remote,
    clone,
    default_branch,
    fetch,
    find_remote,
    list_branches,
    tips,
)
from bedplate.testing.git_server import GitServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.unit.support.git.conftest import Yard

    from bedplate.support.bounded_process import Finished

SECRET = "s3cret-t0ken-of-the-forge"
ENCODED = base64.b64encode(f"token:{SECRET}".encode()).decode()


@pytest.fixture
def server(yard: Yard) -> Iterator[GitServer]:
    with GitServer(yard.folder / "srv", "token", SECRET) as running:
        yield running


def _git(yard: Yard, server: GitServer, secret: str = SECRET) -> Git:
    yard.git(yard.ours, "remote", "set-url", "origin", f"{server.url}/acme/shop.git")
    return Git(yard.ours, yard.environment, GitLogin(server.url, "token", secret))


def test_a_login_fetches_clones_and_pushes(
    yard: Yard, server: GitServer, wanted: Branch, tmp_path: Path
) -> None:
    git = _git(yard, server)
    remote = find_remote(git)
    assert default_branch(git, remote) == "main"
    assert fetch(git, remote, "main") == wanted.base
    assert publish(git, remote, wanted).action is Push.CREATED
    assert tips(git, remote, ("main", "none")) == {"main": wanted.base}
    assert list_branches(git, remote, "bedplate/") == {wanted.name: yard.tip()}
    clone(git, remote.url, tmp_path / "copy")
    copy = Git(tmp_path / "copy", yard.environment)
    assert copy.line("rev-parse", "HEAD") == wanted.base


def test_a_login_is_in_no_argument_file_or_error(
    yard: Yard,
    server: GitServer,
    wanted: Branch,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    commands: list[str] = []
    errors: list[str] = []

    def spy(
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        bounds: Bounds,
        question: bytes = b"",
    ) -> Finished:
        commands.append(" ".join(map(str, command)))
        done = run_bounded(command, environment, bounds, question)
        noisy = f"{done.errors} {SECRET} Basic {ENCODED} https://token:{SECRET}@host/"
        return dataclasses.replace(done, errors=noisy)

    monkeypatch.setattr(git_module, "run_bounded", spy)
    # a helper that would keep what it is told, and traces that would show it
    yard.git(yard.ours, "config", "credential.helper", "store")
    yard.environment |= {"GIT_TRACE": "1", "GIT_TRACE_CURL": str(tmp_path / "trace")}
    for name in ("reference-transaction", "pre-push", "post-checkout"):
        hook = yard.ours / ".git/hooks" / name
        hook.write_text(f"#!/bin/sh\nenv >> {tmp_path}/{name}.seen\n")
        hook.chmod(0o755)
    git = _git(yard, server)
    publish(git, find_remote(git), wanted)
    clone(git, f"{server.url}/acme/shop.git", tmp_path / "copy")
    server.may_push = False
    for work in (
        lambda: publish(git, find_remote(git), dataclasses.replace(wanted, rebase=True, name="x")),
        lambda: fetch(git, Remote("none", ""), "main"),
        lambda: git.run("no-such-command"),
    ):
        with pytest.raises(BedplateError) as caught:
            work()
        errors.append(f"{caught.value} {caught.value!r} {caught.value.__cause__!r}")
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    texts = [path.read_bytes().decode(errors="replace") for path in kept]
    for text in (*commands, *errors, *texts, repr(git._login), repr(git.__dict__)):
        assert SECRET not in text
        assert ENCODED not in text
    assert len(commands) > 10
    assert len(kept) > 50


def test_a_header_that_ci_wrote_is_not_sent_along(yard: Yard, server: GitServer) -> None:
    git = _git(yard, server)
    yard.git(yard.ours, "config", f"http.{server.url}/.extraHeader", "Authorization: Basic eA==")
    assert fetch(git, find_remote(git), "main")


def test_a_login_goes_to_no_other_host(yard: Yard, server: GitServer, tmp_path: Path) -> None:
    git = _git(yard, server)
    with GitServer(yard.folder / "srv", "token", "another") as stranger:
        with pytest.raises(Unauthorized):
            clone(git, f"{stranger.url}/acme/shop.git", tmp_path / "copy")
        assert stranger.requests
        assert not any("Authorization" in request.headers for request in stranger.requests)


def test_a_wrong_login_is_refused_without_a_question(yard: Yard, server: GitServer) -> None:
    git = _git(yard, server, "wrong")
    with pytest.raises(Unauthorized, match="refuses the login") as caught:
        fetch(git, find_remote(git), "main")
    assert "right" in caught.value.hint


def test_a_login_without_the_right_to_push(yard: Yard, server: GitServer, wanted: Branch) -> None:
    server.may_push = False
    git = _git(yard, server)
    with pytest.raises(Unauthorized, match="403"):
        publish(git, find_remote(git), wanted)


def test_settings_that_the_user_gives_by_variables_stay(yard: Yard) -> None:
    given = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Eve"}
    git = Git(yard.bare, {**yard.environment, **given})
    assert git.setting("user.name") == "Eve"
    assert git.setting("core.fsmonitor") == "false"


def test_variables_of_a_hook_do_not_lead_to_its_repository(yard: Yard) -> None:
    inside = {"GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_INDEX_FILE": "/nowhere/i"}
    git = Git(yard.ours, {**yard.environment, **inside})
    assert git.line("rev-parse", "HEAD") == yard.tip("main")


def test_an_environment_asks_nobody() -> None:
    made = git_environment({"DISPLAY": ":0", "SSH_ASKPASS": "/bin/ask", "GIT_TRACE": "1"}, None)
    assert {"DISPLAY", "SSH_ASKPASS", "GIT_TRACE"}.isdisjoint(made)
    assert made["GIT_TERMINAL_PROMPT"] == "0"


def test_a_folder_without_a_repository(yard: Yard, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(BadInput, match="git repository"):
            Git(folder, yard.environment).run("status")


def test_no_git_at_all(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="git can't be run"):
        Git(tmp_path, {"PATH": str(tmp_path)}).run("status")


def test_a_missing_remote_and_a_missing_branch(yard: Yard) -> None:
    git = Git(yard.ours, yard.environment)
    with pytest.raises(BadInput, match="no remote 'upstream'"):
        find_remote(git, "upstream")
    with pytest.raises(BadInput, match="no branch 'none'"):
        fetch(git, find_remote(git), "none")


def test_a_command_that_does_not_end_is_ended(yard: Yard) -> None:
    git = Git(yard.ours, yard.environment, bounds=Bounds(seconds=0.3))
    with pytest.raises(GitError, match="longer than"):
        git.run("-c", "alias.nap=!sleep 60", "nap")


def test_a_command_that_writes_without_end_is_ended(yard: Yard) -> None:
    git = Git(yard.ours, yard.environment, bounds=Bounds(output=1_000))
    with pytest.raises(LimitExceeded, match="more than 1000 bytes"):
        git.run("-c", "alias.flood=!yes", "flood")


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://user:pass@host:8443/a/b.git", "https://host:8443"),
        ("http://host/a", "http://host"),
        ("git@host:a/b", None),
        ("ssh://git@host/a", None),
        ("/srv/a.git", None),
        ("https:///a", None),
    ],
)
def test_a_login_is_for_one_origin(url: str, origin: str | None) -> None:
    login = login_for(url, "token", SECRET)
    assert (login.origin if login else None) == origin
