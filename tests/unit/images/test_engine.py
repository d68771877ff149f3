"""What an engine knows of its images, over a socket that plays the engine."""

from __future__ import annotations

import http.server
import json
import socketserver
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from bedplate.errors import ImageNotFound, RegistryError, RegistryUnreachable
from bedplate.flows.opening import open_session
from bedplate.flows.pin import pin, verify_pins
from bedplate.images.engine import repository_digest
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DIGEST = f"sha256:{'ab' * 32}"


class Engine(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    asked: list[str]
    status = 200
    answer: Any = None


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        engine = self.server
        assert isinstance(engine, Engine)
        engine.asked.append(unquote(self.path))
        body = engine.answer if isinstance(engine.answer, bytes) else json.dumps(engine.answer)
        content = body if isinstance(body, bytes) else body.encode()
        self.send_response(engine.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def address_string(self) -> str:
        return "socket"

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    server = Engine(str(tmp_path / "s"), _Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def host(tmp_path: Path) -> str:
    return f"unix://{tmp_path / 's'}"


def test_the_digest_is_that_of_the_same_repository(engine: Engine, host: str) -> None:
    other = f"sha256:{'cd' * 32}"
    engine.answer = {"RepoDigests": [f"mirror.example/node@{other}", 7, "?", f"node@{DIGEST}"]}
    assert repository_digest(Reference.parse("node:20"), host) == DIGEST
    assert engine.asked == ["/images/node:20/json"]
    assert repository_digest(Reference.parse("ghcr.io/team/node:20"), host) == ""


@pytest.mark.parametrize("answer", [b"{", b"[" * 100_000, b"<html>"])
def test_an_answer_that_is_none(engine: Engine, host: str, answer: bytes) -> None:
    engine.answer = answer
    with pytest.raises(RegistryError):
        repository_digest(Reference.parse("node:20"), host)


@pytest.mark.parametrize(("status", "error"), [(404, ImageNotFound), (500, RegistryError)])
def test_refusals(engine: Engine, host: str, status: int, error: type[Exception]) -> None:
    engine.status = status
    with pytest.raises(error, match="node:20"):
        repository_digest(Reference.parse("node:20"), host)


def test_pins_come_from_the_engine_when_asked(engine: Engine, host: str, tmp_path: Path) -> None:
    engine.answer = {"RepoDigests": [f"node@{DIGEST}"]}
    session = open_session(docker_host=host, offline=True)
    folder = tmp_path / "f"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM node:20\nFROM team/own:1\n")
    report = pin(folder, [], session, from_daemon=True)
    assert (folder / "Dockerfile").read_text() == f"FROM node:20@{DIGEST}\nFROM team/own:1\n"
    assert [str(one.status) for one in report.pins] == ["pinned", "unexamined"]
    checked = verify_pins(folder, [], session, from_daemon=True)
    assert str(checked.pins[0].status) == "verified"


def test_no_engine_is_asked_for_once(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM node:20\nFROM node:22\n")
    nowhere = f"unix://{tmp_path / 'nowhere'}"
    session = open_session(docker_host=nowhere)
    report = pin(tmp_path, [], session, from_daemon=True)
    assert {str(one.status) for one in report.pins} == {"unexamined"}
    assert all("no engine answers" in one.note for one in report.pins)
    with pytest.raises(RegistryUnreachable, match="DOCKER_HOST"):
        repository_digest(Reference.parse("node:20"), nowhere)
