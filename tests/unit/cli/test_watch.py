"""`bedplate watch`: rounds over real repositories, what is told, and what a crash leaves."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.cli.context import Context
from bedplate.cli.metrics_server import MetricsServer
from bedplate.cli.parser import make_parser
from bedplate.cli.watch_loop import WatchLoop
from bedplate.errors import BadInput, Unavailable
from bedplate.flows.watch import Watched, WatchMeans, watch_round
from bedplate.flows.watch_state import WatchState, held
from bedplate.model.watch_report import RepositoryOutcome
from bedplate.testing.forge_servers.gitea import GiteaServer
from bedplate.testing.forge_servers.github import GithubServer
from bedplate.testing.forge_servers.gitlab import GitlabServer
from bedplate.testing.git_server import GitServer
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.testing.forge_servers.server import ForgeServer
    from bedplate.testing.forge_servers.state import HeldRepository
    from conftest import Shell

SECRET = "s3cret-t0ken-of-the-forge"
FORGES = {
    "github": (GithubServer, "GITHUB_TOKEN", "GH_HOST", "x-access-token"),
    "gitlab": (GitlabServer, "GITLAB_TOKEN", "GITLAB_HOST", "oauth2"),
    "gitea": (GiteaServer, "GITEA_TOKEN", "GITEA_SERVER_URL", "token"),
}


class Listener:
    """Takes what is posted to it."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.bodies: list[Any] = []
        self.headers: list[dict[str, str]] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.bodies.append(json.loads(body))
                listener.headers.append(dict(self.headers))
                self.send_response(listener.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/hook/s3cret"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def listener() -> Iterator[Listener]:
    running = Listener()
    yield running
    running.close()


@pytest.fixture
def registry() -> Iterator[MemoryRegistry]:
    with MemoryRegistry() as running:
        yield running


@pytest.fixture(autouse=True)
def environment(shell: Shell) -> None:
    shell.environment |= {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str) -> None:
    person = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    subprocess.run(["git", "-C", folder, *person, *words], check=True, capture_output=True)


def push(registry: MemoryRegistry, tag: str) -> None:
    config = {"created": "2025-06-01T00:00:00Z", "config": {"User": tag}}
    image = registry.add_image("app", "", config=config)
    registry.add_index("app", tag, {"linux/amd64": image})


def repository(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    (folder / "Dockerfile").write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "first")
    return folder


def watched(shell: Shell, *words: str) -> Any:
    shell.run("watch", "--once", "--format", "json", *words)
    assert SECRET not in shell.out + shell.err
    return json.loads(shell.out)


def test_a_folder_of_repositories_and_one_that_fails(
    shell: Shell, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    repository(shell.folder / "all/one", f"FROM {registry.host}/app:1.0.0\n")
    broken = repository(shell.folder / "all/two", f"FROM {registry.host}/app:1.1.0\n")
    (broken / "bedplate.toml").write_text("[update]\nno-such-key = 1\n")
    repository(shell.folder / "all/three", f"FROM {registry.host}/app:1.1.0\n")
    (shell.folder / "all/no-repository").mkdir()
    report = watched(shell, "all")
    rows = {one["repository"]: one for one in report["repositories"]}
    assert list(rows) == ["all/one", "all/three", "all/two"]
    assert "1.1.0, minor" in rows["all/one"]["changes"][0]["title"]
    assert rows["all/three"]["behind"] == 0
    assert "no-such-key" in rows["all/two"]["failure"]
    assert len([one for one in registry.requests if "/tags/" in one.path]) == 1
    assert shell.run("watch", "--once", "all") == 3
    assert "all/two: failed" in shell.err


def test_what_was_told_is_told_once(
    shell: Shell, registry: MemoryRegistry, listener: Listener
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    repository(shell.folder / "one", f"FROM {registry.host}/app:1.0.0\n")
    shell.environment |= {
        "BEDPLATE_WEBHOOK_URL": listener.url,
        "BEDPLATE_WEBHOOK_TOKEN": SECRET,
        "BEDPLATE_SLACK_URL": listener.url,
    }
    watched(shell)
    watched(shell)
    document, text = listener.bodies
    assert document["schema"] == "bedplate/notice/1"
    assert document["repository"] == "one"
    assert document["changes"][0]["status"] == "behind"
    assert listener.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert "Authorization" not in listener.headers[1]
    assert "-&gt; 1.1.0" in text["text"]
    push(registry, "1.2.0")
    watched(shell)
    assert len(listener.bodies) == 4


def test_a_notice_that_nobody_takes_is_told_again_and_shows_no_secret(
    shell: Shell, registry: MemoryRegistry, listener: Listener
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    repository(shell.folder / "one", f"FROM {registry.host}/app:1.0.0\n")
    shell.environment["BEDPLATE_SLACK_URL"] = listener.url
    listener.status = 403
    [failed] = watched(shell)["undelivered"]
    assert failed["reason"] == "127.0.0.1 does not take the notice: status 403"
    assert "s3cret" not in shell.out + shell.err
    listener.status = 200
    assert watched(shell)["undelivered"] == []
    assert len(listener.bodies) == 2


@pytest.mark.parametrize(
    "variables",
    [
        {"BEDPLATE_SLACK_URL": "hooks.s3cret.example/x"},
        {"BEDPLATE_WEBHOOK_URL": "http://a b/s3cret"},
        {"BEDPLATE_WEBHOOK_URL": "https://h/s3cret", "BEDPLATE_WEBHOOK_TOKEN": "s3cret\n"},
        {"BEDPLATE_MAIL_SERVER": "h:99999", "BEDPLATE_MAIL_TO": "a@b"},
        {"BEDPLATE_MAIL_SERVER": "h", "BEDPLATE_MAIL_TO": "s3cret"},
        {"BEDPLATE_MAIL_SERVER": "h", "BEDPLATE_MAIL_TO": "a@b\nBcc: s3cret@d"},
    ],
)
def test_variables_that_can_not_be_used_are_named_and_not_shown(
    shell: Shell, variables: dict[str, str]
) -> None:
    shell.environment |= variables
    assert shell.run("watch", "--once") == 2
    assert "BEDPLATE_" in shell.err
    assert "s3cret" not in shell.err


@pytest.mark.parametrize("content", [b"", b"[]", b'{"schema": "x"}', b"\xff", b'{"schema":' * 9])
def test_a_damaged_state_is_said_and_begun_anew(shell: Shell, content: bytes) -> None:
    repository(shell.folder / "one", "FROM scratch\n")
    state = shell.folder / "state.json"
    state.write_bytes(content)
    assert shell.run("watch", "--once", "--state", "state.json") == 0
    assert "begun anew" in shell.err
    assert json.loads(state.read_text())["schema"] == "bedplate/watch/1"
    shell.run("watch", "--once", "--state", "state.json")
    assert "begun anew" not in shell.err


def test_a_round_that_a_crash_left_open_goes_on(shell: Shell) -> None:
    for name in ("one", "two", "three"):
        repository(shell.folder / name, "FROM scratch\n")
    state = WatchState(shell.folder / "state.json")
    day = 1_767_268_800.0  # noon of the day of `shell`
    state.begin(day - 60, 3600)
    state.finish("one")
    report = watched(shell, "--state", "state.json")
    assert [one["repository"] for one in report["repositories"]] == ["three", "two"]
    report = watched(shell, "--state", "state.json")
    assert len(report["repositories"]) == 3
    state.begin(day - 10 * 24 * 3600, 3600)  # too old to go on with
    state.finish("one")
    assert len(watched(shell, "--state", "state.json")["repositories"]) == 3


def test_what_is_not_examined_for_a_moment_is_not_news_again(
    shell: Shell, registry: MemoryRegistry, listener: Listener
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    repository(shell.folder / "one", f"FROM {registry.host}/app:1.0.0\n")
    shell.environment["BEDPLATE_WEBHOOK_URL"] = listener.url
    watched(shell)
    registry.faults.refuse_with = [404] * 20
    assert watched(shell)["repositories"][0]["unexamined"] == 1
    registry.faults.refuse_with.clear()
    (shell.folder / "one/Dockerfile").write_text(f"\nFROM {registry.host}/app:1.0.0\n")
    watched(shell)
    assert len(listener.bodies) == 1


def test_two_watches_do_not_run_with_one_state(shell: Shell) -> None:
    repository(shell.folder / "one", "FROM scratch\n")
    with held(shell.folder / "state.json"):
        assert shell.run("watch", "--once", "--state", "state.json") == 3
        assert "another watch runs" in shell.err
        assert shell.run("watch", "--once", "--state", "other.json") == 0
    assert shell.run("watch", "--once", "--state", "state.json") == 0


class Yard:
    """A forge with an owner's repositories, their remotes and a registry."""

    def __init__(
        self, shell: Shell, name: str, forge: ForgeServer, remote: GitServer, login: str
    ) -> None:
        self.shell, self.name, self.forge, self.remote = shell, name, forge, remote
        self.login = login

    def add(self, path: str, text: str) -> HeldRepository:
        bare = self.remote.folder / f"{path}.git"
        bare.mkdir(parents=True)
        git(bare, "init", "-q", "--bare", "-b", "main")
        git(bare, "config", "http.receivepack", "true")
        work = repository(self.shell.folder.parent / "work" / path, text)
        git(work, "push", "-q", str(bare), "main")
        held = self.forge.add_repository(path)
        held.git = bare
        return held

    def watch(self, *words: str) -> Any:
        options = ("--forge", self.name, "--api-url", self.forge.api_url, *words)
        return watched(self.shell, "--org", f"{self.remote.url}/acme", *options)


@pytest.fixture(params=sorted(FORGES))
def yard(request: pytest.FixtureRequest, shell: Shell, tmp_path: Path) -> Iterator[Yard]:
    server, token, host, user = FORGES[request.param]
    (tmp_path / "srv").mkdir()
    with GitServer(tmp_path / "srv", user, SECRET) as remote, server(SECRET) as forge:
        shell.environment |= {token: SECRET, host: remote.url.rpartition("/")[2]}
        yield Yard(shell, request.param, forge, remote, user)


def test_the_repositories_of_an_organisation(yard: Yard, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    shop = yard.add("acme/shop", f"FROM {registry.host}/app:1.0.0\n")
    yard.add("acme/site", f"FROM {registry.host}/app:1.1.0\n")
    report = yard.watch()
    behind = {one["repository"]: one["behind"] for one in report["repositories"]}
    assert behind == {"acme/shop": 1, "acme/site": 0}
    assert yard.forge.mutations == 0
    report = yard.watch("--pr")
    [change] = report["repositories"][0]["changes"]
    assert change["status"] == "opened"
    assert len(shop.requests) == 1
    mutations = yard.forge.mutations
    report = yard.watch("--pr")
    assert report["repositories"][0]["changes"] == []
    assert (yard.forge.mutations, len(shop.requests)) == (mutations, 1)
    cache = yard.shell.folder.parent / "home/.cache/bedplate"
    for path in cache.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_a_crash_between_push_and_note_doubles_no_request(
    yard: Yard, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    shop = yard.add("acme/shop", f"FROM {registry.host}/app:1.0.0\n")
    yard.watch("--pr", "--state", "state.json")
    (yard.shell.folder / "state.json").unlink()
    yard.watch("--pr", "--state", "state.json")
    assert len(shop.requests) == 1


def test_a_repository_whose_remote_is_gone_stops_no_other(
    yard: Yard, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    yard.forge.add_repository("acme/gone")
    yard.add("acme/shop", f"FROM {registry.host}/app:1.0.0\n")
    rows = yard.watch()["repositories"]
    assert rows[0]["failure"]
    assert not rows[1]["failure"]


def test_a_token_without_rights_is_one_line(yard: Yard) -> None:
    yard.add("acme/shop", "FROM scratch\n")
    for name in ("GITHUB_TOKEN", "GITLAB_TOKEN", "GITEA_TOKEN"):
        yard.shell.environment.pop(name, None)
    words = ("--org", f"{yard.remote.url}/acme", "--forge", yard.name)
    assert yard.shell.run("watch", "--once", *words, "--api-url", yard.forge.api_url) == 2
    assert "there is no token" in yard.shell.err


def test_a_signal_ends_it_after_the_current_repository(tmp_path: Path) -> None:
    repository(tmp_path / "one", "FROM scratch\n")
    program = "from bedplate.cli.main import run; run()"
    words = ("watch", "--metrics", "0", "--interval", "1h")
    command = [sys.executable, "-c", program, *words]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"one: 0 images, 0 behind\n"
        process.terminate()
        assert process.wait(timeout=30) == 0


def test_stopping_leaves_the_round_open_for_the_next_start(shell: Shell) -> None:
    state = WatchState(shell.folder / "state.json")
    state.begin(100.0, 50.0)
    seen: list[str] = []

    def look(name: str) -> Watched:
        return Watched(name, lambda: (seen.append(name), RepositoryOutcome(name))[1])

    def run(state: WatchState) -> bool:
        means = WatchMeans(state, {}, lambda: len(seen) == 1, lambda _outcome: None)
        return watch_round([look("a"), look("b")], [], means).stopped

    assert run(state)
    again = WatchState.load(state.path)
    again.begin(120.0, 50.0)
    seen.clear()
    assert not run(again)
    assert seen == ["b"]


def test_numbers_are_served_to_prometheus(shell: Shell, registry: MemoryRegistry) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    repository(shell.folder / 'a"b\\c', f"FROM {registry.host}/app:1.0.0\n")
    arguments = make_parser().parse_args(["watch", "--once"])
    loop = WatchLoop(arguments, Context(arguments, shell.world))
    loop.round()
    with MetricsServer("0", loop._metrics.text, "text/plain") as server:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
            text = answer.read().decode()
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}/")
    assert "bedplate_watch_rounds_total 1\n" in text
    assert 'bedplate_watch_behind{repository="a\\"b\\\\c"} 1\n' in text
    assert text.endswith("\n")


def test_an_address_for_numbers_that_can_not_be_used() -> None:
    for address in ("", "x", "1:2:x", "99999"):
        with pytest.raises(BadInput):
            MetricsServer(address, str, "text/plain")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Unavailable):
            MetricsServer(str(taken.getsockname()[1]), str, "text/plain")


@pytest.mark.parametrize(
    "words",
    [
        ("--interval", "1"),
        ("--interval", "0h"),
        ("no/such",),
        ("--org", "git@github.com:acme"),
        ("--org", "https://github.com"),
        ("--org", "https://github.com/acme", "."),
        ("--pr", "--offline"),
    ],
)
def test_options_that_can_not_be_used(shell: Shell, words: tuple[str, ...]) -> None:
    assert shell.run("watch", "--once", *words) == 2


def test_a_folder_without_repositories_is_no_silent_success(shell: Shell) -> None:
    assert shell.run("watch", "--once") == 2
    assert "no git repository" in shell.err


def test_a_forge_that_limits_the_rate_in_the_middle_is_caught_up_with(
    yard: Yard, registry: MemoryRegistry
) -> None:
    push(registry, "1.0.0")
    push(registry, "1.1.0")
    held = [yard.add(f"acme/{name}", f"FROM {registry.host}/app:1.0.0\n") for name in "ab"]
    yard.watch("--pr")
    assert [len(one.requests) for one in held] == [1, 1]
    push(registry, "1.2.0")
    faults = yard.forge.faults
    # after branches were pushed, when the requests are to be rewritten
    faults.methods, faults.refuse_with = frozenset({"PATCH", "PUT"}), [429] * 100
    faults.refuse_headers = {"Retry-After": "3600"}
    rows = yard.watch("--pr")["repositories"]
    assert any(one["failure"] or one["changes"][0]["status"] == "failed" for one in rows)
    faults.refuse_with.clear()
    yard.watch("--pr")
    assert [len(one.requests) for one in held] == [1, 1]
    assert all("1.2.0" in one.body for repo in held for one in repo.requests.values())
