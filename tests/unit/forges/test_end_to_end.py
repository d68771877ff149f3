"""The whole way: a real remote behind http, git, and a forge that knows its branches."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from bedplate.forges.opening import git_login
from bedplate.forges.refreshing import Action, refresh
from bedplate.forges.retiring import retire_stale
from bedplate.forges.token import Token
from bedplate.model.change_request import NewChangeRequest
from bedplate.support.git import Git
from bedplate.support.git_environment import login_for
from bedplate.support.git_objects import list_files, read_blob
from bedplate.support.git_publishing import Branch, Push, publish
from bedplate.support.git_remote import Remote, clone, fetch, list_branches
from bedplate.testing.git_server import GitServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.unit.forges.conftest import Bench

    from bedplate.forges.retiring import Retired
    from bedplate.support.git_publishing import Published

SECRET = "s3cret-t0ken-of-the-forge"
NAME = "bedplate/node"
ANN = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")


class Shop:
    """A repository on a forge, and the steps that an update takes."""

    def __init__(self, bench: Bench, folder: Path, server: GitServer) -> None:
        self.bench, self.folder = bench, folder
        self.bare = folder / "srv/acme/shop.git"
        self.environment = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}
        user = git_login(bench.client.repository, Token(SECRET))
        url = f"{server.url}/acme/shop.git"
        login = login_for(url, user, SECRET)
        clone(Git(folder, self.environment, login), url, folder / "copy")
        self.git = Git(folder / "copy", self.environment, login)
        self.remote = Remote("origin", url)

    def update(self, old: bytes, new: bytes) -> tuple[Published, Action | None]:
        base = fetch(self.git, self.remote, self.bench.client.describe().default_branch)
        held = list_files(self.git, base)["Dockerfile"]
        content = read_blob(self.git, held.blob).replace(old, new)
        branch = Branch(NAME, base, {"Dockerfile": content}, "Update node")
        done = publish(self.git, self.remote, branch)
        if done.action is Push.EMPTY:
            return done, None
        wanted = NewChangeRequest("Update node", f"to {new.decode()}", NAME, "main", ("docker",))
        return done, refresh(self.bench.client, wanted, new.decode()).action

    def retire(self, wanted: set[str]) -> Retired:
        why = "node is up to date"
        return retire_stale(self.bench.client, self.git, self.remote, "bedplate/", wanted, why)

    def merge(self) -> None:
        """Merge as the forge would do it when somebody clicks."""
        for request in self.bench.held.requests.values():
            request.state, request.merged = "closed", True
        tip = self.plain("rev-parse", NAME)
        self.plain("update-ref", "refs/heads/main", tip)
        self.plain("update-ref", "-d", f"refs/heads/{NAME}")

    def plain(self, *arguments: str) -> str:
        command = ["git", "-C", self.bare, *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, check=True)
        return done.stdout.decode().strip()


@pytest.fixture(params=["github", "gitlab", "gitea"])
def shop(
    request: pytest.FixtureRequest, open_bench: Callable[[str], Bench], tmp_path: Path
) -> Iterator[Shop]:
    bare = tmp_path / "srv/acme/shop.git"
    bare.mkdir(parents=True)
    script = (
        "git init -q --bare -b main . && git config http.receivepack true && "
        "blob=$(printf 'FROM node:20.10\\n' | git hash-object -w --stdin) && "
        "tree=$(printf '100644 blob %s\\tDockerfile\\n' $blob | git mktree) && "
        f"git update-ref refs/heads/main $(git {' '.join(ANN)} commit-tree -m first $tree)"
    )
    subprocess.run(script, shell=True, cwd=bare, check=True)
    bench = open_bench(request.param)
    bench.held.git = bare
    user = git_login(bench.client.repository, Token(SECRET))
    with GitServer(tmp_path / "srv", user, SECRET) as server:
        yield Shop(bench, tmp_path, server)


def test_open_refresh_merge(shop: Shop) -> None:
    done, action = shop.update(b"20.10", b"20.11")
    assert (done.action, action) == (Push.CREATED, Action.CREATED)
    mutations = shop.bench.server.mutations
    done, action = shop.update(b"20.10", b"20.11")
    assert (done.action, action) == (Push.UNCHANGED, Action.UNCHANGED)
    assert shop.bench.server.mutations == mutations
    done, action = shop.update(b"20.10", b"20.12")
    assert (done.action, action) == (Push.UPDATED, Action.UPDATED)
    found = shop.bench.client.find_open(NAME)
    assert found is not None
    assert found.head_commit == done.commit
    shop.merge()
    done, action = shop.update(b"20.10", b"20.12")
    assert (done.action, done.commit, action) == (Push.EMPTY, "", None)
    assert len(shop.bench.held.requests) == 1


def test_what_is_stale_is_closed_and_its_branch_deleted(shop: Shop) -> None:
    shop.update(b"20.10", b"20.11")
    nothing = shop.retire(wanted={NAME})
    assert (nothing.closed, nothing.kept) == ((), ())
    done = shop.retire(wanted=set())
    assert [request.branch for request in done.closed] == [NAME]
    assert shop.bench.client.list_open("bedplate/") == ()
    assert list_branches(shop.git, shop.remote, "bedplate/") == {}
    _, action = shop.update(b"20.10", b"20.11")
    assert action is Action.CREATED


def test_what_people_work_on_is_not_closed(shop: Shop) -> None:
    done, _ = shop.update(b"20.10", b"20.11")
    tree = shop.plain("rev-parse", f"{done.commit}^{{tree}}")
    theirs = shop.plain(*ANN, "commit-tree", "-m", "mine", "-p", done.commit, tree)
    shop.plain("update-ref", f"refs/heads/{NAME}", theirs)
    kept = shop.retire(wanted=set())
    assert (kept.closed, len(kept.kept)) == ((), 1)
    assert shop.bench.client.find_open(NAME) is not None


def test_a_closed_request_is_not_opened_again(shop: Shop) -> None:
    shop.update(b"20.10", b"20.11")
    shop.bench.held.requests[1].state = "closed"
    assert shop.update(b"20.10", b"20.11")[1] is Action.DECLINED
    assert shop.update(b"20.10", b"20.12")[1] is Action.CREATED


def test_a_crash_between_push_and_request_is_made_good(shop: Shop) -> None:
    base = fetch(shop.git, shop.remote, "main")
    branch = Branch(NAME, base, {"Dockerfile": b"FROM node:20.11\n"}, "Update node")
    publish(shop.git, shop.remote, branch)
    done, action = shop.update(b"20.10", b"20.11")
    assert (done.action, action) == (Push.UNCHANGED, Action.CREATED)
