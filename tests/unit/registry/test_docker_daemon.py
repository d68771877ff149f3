"""Images in an engine's store, over a socket that plays the engine."""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import socketserver
import tarfile
import threading
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from bedplate.errors import (
    CorruptImage,
    ImageNotFound,
    InvalidConfiguration,
    RegistryError,
    RegistryUnreachable,
)
from bedplate.images.image_source import Access
from bedplate.images.image_sources import docker_daemon
from bedplate.testing.layer_builder import layer_tar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.registry.client import RegistryClient


def _archive() -> bytes:
    layer = layer_tar({"etc/hello": b"world"})
    config = json.dumps(
        {
            "os": "linux",
            "architecture": "amd64",
            "rootfs": {
                "type": "layers",
                "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"],
            },
        }
    ).encode()
    listing = [{"Config": "c.json", "RepoTags": ["app:1"], "Layers": ["l/layer.tar"]}]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in {
            "c.json": config,
            "l/layer.tar": layer,
            "manifest.json": json.dumps(listing).encode(),
        }.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


class Engine(socketserver.ThreadingUnixStreamServer):
    """Exports one image, whatever its name is."""

    daemon_threads = True
    asked: list[str]
    status = 200
    body = b""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that went away."""


class _Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        engine = self.server
        assert isinstance(engine, Engine)
        engine.asked.append(unquote(self.path))
        exported = self.path != "/_ping"
        self.send_response(engine.status if exported else 200)
        self.end_headers()
        self.wfile.write(engine.body if exported else b"OK")

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""

    def address_string(self) -> str:
        return "engine"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(str(tmp_path / "e.sock"), _Handler) as server:
        server.asked, server.body = [], _archive()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return tmp_path / "scratch"


@pytest.fixture
def access(client: RegistryClient, tmp_path: Path, scratch: Path) -> Access:
    return Access(lambda: client, scratch, f"unix://{tmp_path}/e.sock")


def test_an_image_is_exported_read_and_let_go(
    engine: Engine, access: Access, scratch: Path
) -> None:
    content = docker_daemon.open("team/app:1", access)
    assert engine.asked == ["/_ping", "/images/team/app:1/get"]
    assert content.name == "docker-daemon:team/app:1"
    assert content.place == access.docker_host
    assert content.synthetic
    assert b"layers" in content.root().content
    assert list(scratch.iterdir())
    content.close()
    assert not list(scratch.iterdir())


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("app", "app:latest"),
        ("docker.io/library/app:2", "app:2"),
        (f"app@sha256:{'a' * 64}", f"app@sha256:{'a' * 64}"),
        ("b" * 64, "b" * 64),
        (f"sha256:{'c' * 64}", f"sha256:{'c' * 64}"),
    ],
)
def test_names(engine: Engine, access: Access, name: str, asked: str) -> None:
    docker_daemon.open(name, access).close()
    assert engine.asked[1] == f"/images/{asked}/get"


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, b'{"message":"no such image"}', ImageNotFound),
        (500, b"", RegistryError),
        (200, b"not a tar", CorruptImage),
        (200, _archive()[:700], CorruptImage),
    ],
)
def test_what_goes_wrong_leaves_nothing_behind(
    engine: Engine,
    access: Access,
    scratch: Path,
    status: int,
    body: bytes,
    error: type[Exception],
) -> None:
    engine.status, engine.body = status, body
    with pytest.raises(error, match="docker-daemon:app:1"):
        docker_daemon.open("app:1", access)
    assert not scratch.exists() or not list(scratch.iterdir())


def test_no_engine(client: RegistryClient, tmp_path: Path) -> None:
    access = Access(lambda: client, tmp_path, f"unix://{tmp_path}/none.sock")
    with pytest.raises(RegistryUnreachable, match=r"no engine answers at unix://.*none\.sock"):
        docker_daemon.open("app:1", access)


@pytest.mark.parametrize("host", ["ssh://host", "unix://", "nonsense"])
def test_an_address_that_is_none(client: RegistryClient, tmp_path: Path, host: str) -> None:
    with pytest.raises(InvalidConfiguration, match="DOCKER_HOST"):
        docker_daemon.open("app:1", Access(lambda: client, tmp_path, host))
