"""Bare git repositories behind http with a login, for tests of whatever clones and pushes.

with GitServer(folder, "token", "secret") as server:
    git("clone", f"{server.url}/acme/shop.git")
"""

from __future__ import annotations

import base64
import gzip
import os
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import unquote, urlsplit

from bedplate.testing.registry import SeenRequest

if TYPE_CHECKING:
    from types import TracebackType

_PATIENCE = 60  # seconds


class GitServer:
    """Serves the bare repositories below a folder by the smart protocol.

    Args:
        folder: holds `owner/name.git`.
        user, secret: the login that it takes.
        may_push: whether this login may push.
    """

    def __init__(self, folder: Path, user: str, secret: str, *, may_push: bool = True) -> None:
        self.folder = folder
        self.may_push = may_push
        self.requests: list[SeenRequest] = []
        login = base64.b64encode(f"{user}:{secret}".encode()).decode()
        self.login = f"Basic {login}"
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def run_backend(self, variables: dict[str, str], body: bytes) -> tuple[bytes, bytes]:
        """Ask git's own server program; give its headers and its body.

        Source: git-http-backend, "ENVIRONMENT".
        """
        environment = {
            "PATH": f"{Path(shutil.which('git') or 'git').parent}{os.pathsep}{os.defpath}",
            "GIT_PROJECT_ROOT": str(self.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REMOTE_USER": "someone",
            "REMOTE_ADDR": "127.0.0.1",
            **variables,
        }
        done = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=_PATIENCE,
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        return head, content


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], git: GitServer) -> None:
        super().__init__(address, _Handler)
        self.git = git

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    """One connection: the login first, then git's own server program."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    def _serve(self) -> None:
        git = cast("_Server", self.server).git
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        logins = self.headers.get_all("Authorization") or []
        git.requests.append(SeenRequest(self.command, self.path, dict(self.headers), body))
        if len(logins) > 1:
            self._give(400, [], b"more than one login")
        elif logins != [git.login]:
            self._give(401, [("WWW-Authenticate", 'Basic realm="git"')], b"log in")
        elif "git-receive-pack" in self.path and not git.may_push:
            self._give(403, [], b"this login may not push")
        else:
            self._run(git, body)

    do_GET = do_POST = _serve  # noqa: N815

    def _run(self, git: GitServer, body: bytes) -> None:
        parts = urlsplit(self.path)
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        variables = {
            "REQUEST_METHOD": self.command,
            "PATH_INFO": unquote(parts.path),
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        head, content = git.run_backend(variables, body)
        rows = [row.decode().partition(": ") for row in head.split(b"\r\n") if row]
        headers = [(name, value) for name, _, value in rows if name.lower() != "status"]
        status = [value for name, _, value in rows if name.lower() == "status"]
        self._give(int(status[0].split(" ")[0]) if status else 200, headers, content)

    def _give(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
