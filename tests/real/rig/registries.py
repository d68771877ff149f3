"""Real registries: docker-registry processes on loopback, with or without a password."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rig.components import find
from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD = "rig-user", "rig-password"
_START_SECONDS = 30
_CONFIG = """\
version: 0.1
log: {{accesslog: {{disabled: false}}, level: warn}}
storage:
  filesystem: {{rootdirectory: {data}}}
http: {{addr: "127.0.0.1:{port}"}}
"""
_PASSWORDS = 'auth: {{htpasswd: {{realm: rig, path: "{path}"}}}}\n'


@dataclass(frozen=True, slots=True)
class Registry:
    """A running registry.

    Args:
        host: `127.0.0.1:PORT`.
        log: its access log; one line per request.
    """

    host: str
    log: Path

    def requests(self) -> list[str]:
        """List the requests so far as `METHOD /path`."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        quoted = (line.split('"')[1] for line in lines if '" 2' in line or '" 3' in line)
        return [" ".join(request.split()[:2]) for request in quoted if "/v2/" in request]


class Login(NamedTuple):
    """A registry that asks for a password, and what it accepts."""

    host: str
    user: str
    password: str

    def docker_config(self, folder: Path) -> Path:
        """Write the login to a `config.json` as `docker login` does; gives DOCKER_CONFIG."""
        folder.mkdir(parents=True)
        auth = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        config = {"auths": {self.host: {"auth": auth}}}
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        return folder


class Pushed(NamedTuple):
    """What the anonymous registry holds, by the name of the image.

    Args:
        oci: `host/name:oci`, OCI manifests with gzip layers; `multi` is an index.
        docker: `host/name:docker`, Docker schema 2 manifests.
    """

    oci: dict[str, str]
    docker: dict[str, str]


@contextlib.contextmanager
def serve(folder: Path, *, password: bool = False) -> Iterator[Registry]:
    """Run docker-registry with its data below `folder` until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    text = _CONFIG.format(data=folder / "data", port=port)
    if password:
        path = folder / "htpasswd"
        htpasswd = find("htpasswd") or "htpasswd"
        path.write_text(run([htpasswd, "-Bbn", USER, PASSWORD]), encoding="utf-8")
        text += _PASSWORDS.format(path=path)
    (folder / "config.yml").write_text(text, encoding="utf-8")
    log = folder / "log"
    command = [str(find("docker-registry")), "serve", str(folder / "config.yml")]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env={})
        try:
            _wait(process, port, log)
            yield Registry(f"127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait(timeout=10)


def push(layout: Path, tag: str, target: str, *options: str) -> None:
    """Copy an image of a layout to `host/name:tag` with skopeo, every platform of it."""
    login = ("--dest-creds", f"{USER}:{PASSWORD}")
    words = ("skopeo", "copy", "--quiet", "--all", "--dest-tls-verify=false", *login, *options)
    run([*words, f"oci:{layout}:{tag}", f"docker://{target}"])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/v2/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    said = log.read_text(encoding="utf-8", errors="replace")[-1000:]
    raise RuntimeError(f"docker-registry did not start: {said}")
