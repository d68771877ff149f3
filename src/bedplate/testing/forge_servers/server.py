"""What the forges in memory have in common: sockets, logins, faults, counts, pages."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from bedplate.testing.forge_servers.answer import Answer, Asked, Refused
from bedplate.testing.forge_servers.faults import ForgeFaults
from bedplate.testing.forge_servers.state import HeldRepository
from bedplate.testing.registry import SeenRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from bedplate.testing.forge_servers.answer import Routes

_PAGE = b"<!doctype html><title>Welcome</title><p>Please sign in."


class ForgeServer:
    """A forge on a loopback socket.

    Args:
        token: the token that it takes.
        rights: what the token may do: `pulls`, `issues`, `contents`; reading is free.
    """

    ROOT: ClassVar[str] = ""  # path of the API
    PAGE_WORD: ClassVar[str] = "per_page"
    LARGEST_PAGE: ClassVar[int] = 100

    def __init__(self, token: str = "t0ken", rights: Sequence[str] = ("pulls", "issues")) -> None:  # noqa: S107
        self.token = token
        self.rights = set(rights)
        self.faults = ForgeFaults()
        self.repositories: dict[str, HeldRepository] = {}
        self.requests: list[SeenRequest] = []
        self.mutations = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def host(self) -> str:
        """`host:port`."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """Address of the pages."""
        return f"http://{self.host}"

    @property
    def api_url(self) -> str:
        """Address of the API."""
        return f"{self.url}{self.ROOT}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """End all that runs."""
        self.faults.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def add_repository(self, path: str) -> HeldRepository:
        """Hold a repository."""
        repository = HeldRepository(path, key=len(self.repositories) + 1)
        self.repositories[path] = repository
        return repository

    def sent(self, method: str) -> list[str]:
        """List the paths, below the API's address, that came with a method, in order."""
        return [
            request.path.removeprefix(self.ROOT)
            for request in self.requests
            if request.method == method
        ]

    def routes(self) -> Routes:
        """Give the table of what the API can do."""
        raise NotImplementedError

    def accepts(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a request bears the token."""
        raise NotImplementedError

    def unauthorized(self) -> Answer:
        """Give the answer to a request with a wrong token."""
        return Answer({"message": "401 Unauthorized"}, 401)

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Answer a request that nothing is wrong with."""
        parts = urlsplit(target)
        path = parts.path.removeprefix(self.ROOT)
        if not self.accepts(headers):
            return self.unauthorized()
        query = dict(parse_qsl(parts.query))
        try:
            document = json.loads(body) if body else {}
        except ValueError:
            return Answer({"message": "Problems parsing JSON"}, 400)
        for wanted, pattern, handler in self.routes():
            match = pattern.fullmatch(path)
            if match and wanted == method:
                found = {key: unquote(value) for key, value in match.groupdict().items()}
                return self._handled(Asked(method, path, query, document, found), handler)
        return Answer({"message": "Not Found"}, 404)

    def _handled(self, asked: Asked, handler: Any) -> Answer:
        with self._lock:
            try:
                answer = cast("Answer", handler(asked))
            except Refused as refused:
                return refused.answer
            self.mutations += asked.method != "GET"
            return answer

    def page(self, asked: Asked, items: Sequence[Any]) -> Answer:
        """Give one page of a list, with the links that lead on."""
        size = min(int(asked.query.get(self.PAGE_WORD, "30")), self.LARGEST_PAGE)
        number = int(asked.query.get("page", "1"))
        last = max(1, -(-len(items) // size))
        links = []
        for word, there in (("prev", number - 1), ("next", number + 1), ("last", last)):
            if 1 <= there <= last and there != number:
                query = urlencode({**asked.query, "page": there})
                links.append(f'<{self.api_url}{asked.path}?{query}>; rel="{word}"')
        headers = {"X-Total-Count": str(len(items))}
        if links:
            headers["Link"] = ", ".join(links)
        return Answer(items[(number - 1) * size : number * size], 200, headers)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], forge: ForgeServer) -> None:
        super().__init__(address, _Handler)
        self.forge = forge

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    """One connection: faults first, then what was asked for."""

    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float | None] = 30.0
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    @property
    def _forge(self) -> ForgeServer:
        return cast("_Server", self.server).forge

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._forge.requests.append(SeenRequest(self.command, self.path, dict(self.headers), body))
        faults = self._forge.faults
        hit = self.command in faults.methods
        if faults.silent:
            faults.over.wait(30)
            self.close_connection = True
        elif hit and faults.drop > 0:
            faults.drop -= 1
            self.close_connection = True
        elif hit and faults.refuse_with:
            self._give(faults.refuse_with.pop(0), faults.refuse_body, faults.refuse_headers)
        elif faults.web_pages:
            self._give(200, _PAGE, {})
        else:
            answer = self._forge.answer(self.command, self.path, dict(self.headers), body)
            if hit and faults.lose > 0:
                faults.lose -= 1
                self.close_connection = True
                return
            content = b"" if answer.status == 204 else json.dumps(answer.document).encode()
            self._give(answer.status, content, answer.headers)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _serve  # noqa: N815

    def _give(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
