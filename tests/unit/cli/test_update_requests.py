"""`bedplate update --pr`: a real bare remote behind http, a forge and a registry in memory."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.testing.forge_servers.gitea import GiteaServer
from bedplate.testing.forge_servers.github import GithubServer
from bedplate.testing.forge_servers.gitlab import GitlabServer
from bedplate.testing.git_server import GitServer
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.testing.forge_servers.server import ForgeServer
    from bedplate.testing.forge_servers.state import HeldRepository, HeldRequest

SECRET = "s3cret-t0ken-of-the-forge"
# forge, the variables of its token and its host, the user that goes with the token in git
FORGES = {
    "github": (GithubServer, "GITHUB_TOKEN", "GH_HOST", "x-access-token"),
    "gitlab": (GitlabServer, "GITLAB_TOKEN", "GITLAB_HOST", "oauth2"),
    "gitea": (GiteaServer, "GITEA_TOKEN", "GITEA_SERVER_URL", "token"),
}


class Yard:
    """A repository with its remote, its forge, and a registry for its images."""

    def __init__(
        self,
        shell: Any,
        name: str,
        forge: ForgeServer,
        remote: GitServer,
        registry: MemoryRegistry,
    ) -> None:
        self.shell, self.name, self.forge = shell, name, forge
        self.remote, self.registry = remote, registry
        self.bare = remote.folder / "acme/shop.git"
        self.held: HeldRepository = forge.add_repository("acme/shop")
        self.held.git = self.bare
        self.held.users |= {"ann"}
        self.clone: Path = shell.folder

    def git(self, folder: Path, *words: str) -> str:
        login = f"http.extraHeader=Authorization: {self.remote.login}"
        person = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", login)
        done = subprocess.run(
            ["git", "-C", folder, *person, *words],
            capture_output=True,
            check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"},
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.decode().removesuffix("\n")

    def build(self, **files: str) -> None:
        self.bare.mkdir(parents=True)
        self.git(self.bare, "init", "-q", "--bare", "-b", "main")
        self.git(self.bare, "config", "http.receivepack", "true")
        self.git(self.clone, "init", "-q", "-b", "main")
        self.git(self.clone, "remote", "add", "origin", f"{self.remote.url}/acme/shop.git")
        self.commit(**files)

    def commit(self, **files: str) -> None:
        for name, text in files.items():
            path = self.clone / name.replace("__", ".")
            path.write_bytes(text.encode())
        self.git(self.clone, "add", "-A")
        self.git(self.clone, "commit", "-q", "-m", "work")
        self.git(self.clone, "push", "-q", "origin", "HEAD:main")

    def push(self, tag: str, name: str = "app", **config: Any) -> str:
        made = {"created": "2025-06-01T00:00:00Z", "config": {"User": tag}, **config}
        image = self.registry.add_image(name, "", config=made)
        return str(self.registry.add_index(name, tag, {"linux/amd64": image}).digest)

    def run(self, *words: str) -> int:
        options = ("--pr", "--forge", self.name, "--api-url", self.forge.api_url)
        code: int = self.shell.run("update", *options, *words)
        assert SECRET not in self.shell.out + self.shell.err
        return code

    def open(self) -> list[HeldRequest]:
        return [
            one for one in self.held.requests.values() if one.state == "open" and not one.merged
        ]

    def file(self, branch: str, name: str = "Dockerfile") -> str:
        return self.git(self.bare, "show", f"{branch}:{name}")

    def merge(self, request: HeldRequest) -> None:
        self.git(self.bare, "update-ref", "refs/heads/main", f"refs/heads/{request.head}")
        request.merged, request.state = True, "closed"


every_forge = pytest.mark.parametrize("yard", sorted(FORGES), indirect=True)


@pytest.fixture
def yard(request: pytest.FixtureRequest, shell: Any, tmp_path: Path) -> Iterator[Yard]:
    name = getattr(request, "param", "github")
    server, token, host, user = FORGES[name]
    folder = tmp_path / "srv"
    folder.mkdir()
    with (
        MemoryRegistry() as registry,
        GitServer(folder, user, SECRET) as remote,
        server(SECRET) as forge,
    ):
        place = remote.url.rpartition("/")[2]
        shell.environment |= {
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_NOSYSTEM": "1",
            token: SECRET,
            host: place,
        }
        yield Yard(shell, name, forge, remote, registry)


def branch_of(yard: Yard) -> str:
    [request] = yard.open()
    return request.head


@every_forge
def test_the_loop_from_push_to_merge(yard: Yard) -> None:
    host = yard.registry.host
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.build(Dockerfile=f"FROM {host}/app:1.0.0\r\nRUN x\r\n")
    assert yard.run() == 0
    [request] = yard.open()
    assert request.title == f"Update {host}/app to 1.1.0"
    assert yard.file(request.head) == f"FROM {host}/app:1.1.0\r\nRUN x\r"
    for words in ("| user | 1.0.0 | 1.1.0 |", "`Dockerfile:1`", "Roll back", "minor"):
        assert words in request.body
    head, forge, requests = yard.held.head(request.head), yard.forge.mutations, len(yard.open())
    assert yard.run() == 0
    assert "unchanged" in yard.shell.out
    assert yard.forge.mutations == forge
    assert (yard.held.head(request.head), len(yard.open())) == (head, requests)
    yard.push("1.2.0")
    assert yard.run() == 0
    [request] = yard.open()
    assert request.title.endswith("to 1.2.0")
    assert f"FROM {host}/app:1.2.0" in yard.file(request.head)
    yard.merge(request)
    mutations = yard.forge.mutations
    assert yard.run() == 0
    assert yard.open() == []
    assert yard.forge.mutations == mutations
    assert "0 behind" in yard.shell.out


def test_the_working_tree_is_not_touched(yard: Yard) -> None:
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.build(Dockerfile=f"FROM {yard.registry.host}/app:1.0.0\n")
    (yard.clone / "Dockerfile").write_text("FROM scratch\n")
    before = yard.git(yard.clone, "status", "--porcelain"), yard.git(yard.clone, "branch")
    assert yard.run() == 0
    assert len(yard.open()) == 1
    after = yard.git(yard.clone, "status", "--porcelain"), yard.git(yard.clone, "branch")
    assert after == before
    assert SECRET not in (yard.clone / ".git/config").read_text()


def test_what_nobody_needs_any_more_is_closed(yard: Yard) -> None:
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.build(Dockerfile=f"FROM {yard.registry.host}/app:1.0.0\n")
    yard.run()
    [request] = yard.open()
    yard.commit(Dockerfile=f"FROM {yard.registry.host}/app:1.1.0\n")
    assert yard.run() == 0
    assert yard.open() == []
    assert "closed" in yard.shell.out
    assert yard.held.head(request.head) == ""


def test_nothing_is_closed_while_a_registry_is_silent(yard: Yard) -> None:
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.build(Dockerfile=f"FROM {yard.registry.host}/app:1.0.0\n")
    yard.run()
    yard.registry.faults.refuse_with = [429] * 50
    yard.registry.faults.refuse_headers = {"Retry-After": "100000"}
    assert yard.run() == 3
    assert len(yard.open()) == 1


def test_commits_of_a_person_are_kept(yard: Yard) -> None:
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.build(Dockerfile=f"FROM {yard.registry.host}/app:1.0.0\n")
    yard.run()
    branch = branch_of(yard)
    yard.git(yard.clone, "fetch", "-q", "origin", branch)
    yard.git(yard.clone, "checkout", "-q", "FETCH_HEAD")
    yard.git(yard.clone, "commit", "-q", "--allow-empty", "-m", "mine")
    yard.git(yard.clone, "push", "-q", "origin", f"HEAD:{branch}")
    tip, mutations = yard.held.head(branch), yard.forge.mutations
    yard.push("1.2.0")
    assert yard.run() == 0
    assert "commits by Ann <ann@example.org>" in yard.shell.out
    assert (yard.held.head(branch), yard.forge.mutations) == (tip, mutations)


def test_a_request_that_a_person_closed_comes_back_with_something_newer(yard: Yard) -> None:
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.build(Dockerfile=f"FROM {yard.registry.host}/app:1.0.0\n")
    yard.run()
    [request] = yard.open()
    request.state = "closed"
    yard.git(yard.bare, "update-ref", "-d", f"refs/heads/{request.head}")
    mutations = yard.forge.mutations
    assert yard.run() == 0
    assert "declined" in yard.shell.out
    assert yard.forge.mutations == mutations
    assert yard.held.head(request.head) == ""
    yard.push("1.2.0")
    yard.run()
    assert [one.title for one in yard.open()] == [f"Update {yard.registry.host}/app to 1.2.0"]


def test_a_base_that_changed_the_same_file_makes_the_branch_anew(yard: Yard) -> None:
    host = yard.registry.host
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.build(Dockerfile=f"FROM {host}/app:1.0.0\n")
    yard.run()
    yard.commit(Dockerfile=f"FROM {host}/app:1.0.0\nRUN more\n")
    assert yard.run() == 0
    [request] = yard.open()
    assert yard.file(request.head) == f"FROM {host}/app:1.1.0\nRUN more"


@every_forge
def test_labels_people_limits_and_schedules(yard: Yard) -> None:
    host = yard.registry.host
    for name in ("a", "b", "c"):
        yard.push("1.0.0", name)
        yard.push("1.1.0", name)
    policy = (
        '[update]\nopen-requests = 1\nlabels = ["images"]\nreviewers = ["ann"]\ndraft = true\n'
        'title-prefix = "build: "\ndashboard = true\n'
        f'[[update.rule]]\nimages = ["{host}/a"]\nschedule = "on monday"\n'
    )
    text = "".join(f"FROM {host}/{name}:1.0.0\n" for name in ("a", "b", "c"))
    yard.build(Dockerfile=text, bedplate__toml=policy)
    assert yard.run() == 0  # 2026-01-01 is a Thursday
    [request] = yard.open()
    assert (
        request.title.removeprefix("Draft: ").removeprefix("WIP: ")
        == f"build: Update {host}/b to 1.1.0"
    )
    assert "images" in request.labels
    assert request.reviewers == ["ann"]
    assert "not the time that its schedule names" in yard.shell.out
    assert "as many requests are open as may be (1)" in yard.shell.out
    [issue] = yard.held.issues.values()
    assert "Waiting" in issue.body
    mutations = yard.forge.mutations
    assert yard.run() == 0
    assert yard.forge.mutations == mutations


def test_gates_refuse_and_say_why(yard: Yard) -> None:
    host = yard.registry.host
    yard.push("1.0.0")
    yard.push("1.1.0")
    yard.push("1.2.0", rootfs={"type": "layers", "diff_ids": []})
    big = yard.registry.add_image("app", "", layers=[b"\0" * 100_000])
    yard.registry.add_index("app", "1.3.0", {"linux/amd64": big})
    small = yard.registry.add_image("app", "", layers=[b"\0" * 10_240])
    yard.registry.add_index("app", "1.0.0", {"linux/amd64": small})
    policy = "[update.gates]\ngrowth = 50\n"
    yard.build(Dockerfile=f"FROM {host}/app:1.0.0\n", bedplate__toml=policy)
    assert yard.run("--format", "json") == 0
    [row] = json.loads(yard.shell.out)["outdated"]["images"]
    assert row["refused"][0]["tag"] == "1.3.0"
    assert "larger, more than 50 %" in row["refused"][0]["detail"]
    [request] = yard.open()
    assert request.title.endswith("to 1.2.0")
    assert "not 1.3.0" in request.body.replace("\\", "")


def test_without_a_token_nothing_is_asked(yard: Yard) -> None:
    for name in ("GITHUB_TOKEN", "GITLAB_TOKEN", "GITEA_TOKEN"):
        yard.shell.environment.pop(name, None)
    yard.build(Dockerfile="FROM scratch\n")
    assert yard.run() == 2
    assert "no token" in yard.shell.err
    assert yard.forge.requests == []
