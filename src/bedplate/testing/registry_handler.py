"""Answers the requests of a `MemoryRegistry`."""

from __future__ import annotations

import base64
import json
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import parse_qs, urlsplit

from bedplate.model.digest import Digest
from bedplate.model.media_types import OCI_INDEX
from bedplate.testing.registry_uploads import put_manifest, upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.testing.registry import MemoryRegistry, RegistryServer

_PAGE = b"<!doctype html><title>Welcome</title><p>Please sign in."
_NAMES = {404: "NOT_FOUND", 401: "UNAUTHORIZED", 405: "UNSUPPORTED"}


class RegistryHandler(BaseHTTPRequestHandler):
    """One connection: faults first, then the login, then what the path asks for."""

    protocol_version = "HTTP/1.1"
    timeout: ClassVar[float | None] = 30.0
    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""

    def setup(self) -> None:
        """Count the connection."""
        super().setup()
        self._registry.connections += 1

    def do_GET(self) -> None:
        """Answer a GET."""
        self._serve()

    def do_HEAD(self) -> None:
        """Answer a HEAD."""
        self._serve()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._serve()

    def do_PUT(self) -> None:
        """Answer a PUT."""
        self._serve()

    @property
    def _registry(self) -> MemoryRegistry:
        return cast("RegistryServer", self.server).registry

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._registry.note(self.command, self.path, dict(self.headers), body)
        if self._registry.faults.latency:
            self._registry.faults.over.wait(self._registry.faults.latency)
        if self._misbehave():
            return
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/token":
            self._give_token(body)
        elif not self._logged_in():
            self._challenge()
        elif path.rstrip("/") == "/v2":
            self._answer(200, b"{}")
        elif self.command in ("POST", "PUT"):
            self._take(path.removeprefix("/v2/"), query, body)
        else:
            self._route(path.removeprefix("/v2/"), query)

    def _take(self, path: str, query: Mapping[str, list[str]], body: bytes) -> None:
        """Answer an upload."""
        stored = self._registry.stored
        folder, _, name = path.rpartition("/")
        if self._registry.faults.no_mounts:
            query = {name: words for name, words in query.items() if name != "mount"}
        if "/blobs/uploads" in path:
            status, headers, code = upload(self.command, path, query, body, stored)
        else:
            kind = self.headers.get("Content-Type", "")
            repository = folder.removesuffix("/manifests")
            status, headers, code = put_manifest(repository, name, kind, body, stored)
        if code:
            self._refuse(status, "refused", code=code)
        else:
            self._answer(status, b"", headers)

    def _misbehave(self) -> bool:
        """Do what the faults say in the place of an answer; False when they say nothing."""
        faults = self._registry.faults
        if faults.drop > 0:
            faults.drop -= 1
            self.close_connection = True
        elif faults.silent:
            faults.over.wait(30)
            self.close_connection = True
        elif faults.trickle:
            self._trickle()
        elif faults.refuse_with:
            self._answer(faults.refuse_with.pop(0), faults.refuse_body, faults.refuse_headers)
        elif faults.web_pages:
            self._answer(200, _PAGE, {"Content-Type": "text/html; charset=utf-8"})
        elif faults.redirect_in_circle:
            there = "/v2/there" if self.path != "/v2/there" else "/v2/back"
            self._answer(302, b"", {"Location": there})
        elif faults.endless_redirects:
            self._answer(307, b"", {"Location": f"{self.path}x"})
        else:
            return False
        return True

    def _trickle(self) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self._registry.faults.over.wait(0.2):
            self.wfile.write(b"x")
            self.wfile.flush()

    def _logged_in(self) -> bool:
        registry = self._registry
        given = self.headers.get("Authorization", "")
        if registry.login == "basic":
            return given == self._basic()
        return registry.login == "none" or given == f"Bearer {registry.token}"

    def _basic(self) -> str:
        login = f"{self._registry.user}:{self._registry.password}".encode()
        return "Basic " + base64.b64encode(login).decode()

    def _challenge(self) -> None:
        registry = self._registry
        challenge = 'Basic realm="memory"'
        if registry.login == "bearer":
            realm = registry.faults.realm or f"{registry.url}/token"
            repository = self.path.removeprefix("/v2/").rpartition("/")[0].rpartition("/")[0]
            scope = f"repository:{repository}:pull"  # clients ask for more when they push
            challenge = f'Bearer realm="{realm}",service="memory, inc",scope="{scope}"'
        self._refuse(401, "authentication required", {"WWW-Authenticate": challenge})

    def _give_token(self, body: bytes) -> None:
        registry, faults = self._registry, self._registry.faults
        if self.command == "POST" and faults.no_oauth:
            self._refuse(404, "no such page")
            return
        if self.command == "POST":
            form = parse_qs(body.decode())
            fits = form.get("refresh_token") == [registry.identity_token]
        else:
            fits = not registry.user or self.headers.get("Authorization") == self._basic()
        if not fits:
            self._refuse(401, "wrong login")
            return
        token = json.dumps({"token": registry.token, "expires_in": 300}).encode()
        self._answer(200, faults.token_answer or token)

    def _route(self, path: str, query: Mapping[str, list[str]]) -> None:
        faults = self._registry.faults
        folder, _, name = path.rpartition("/")
        repository, _, kind = folder.rpartition("/")
        if kind == "manifests":
            self._give_manifest(repository, name)
        elif kind == "blobs" and faults.redirect_blobs:
            self._answer(307, b"", {"Location": f"{faults.redirect_blobs}{name}"})
        elif kind == "blobs":
            self._give_blob(repository, name)
        elif (kind, name) == ("tags", "list"):
            self._give_tags(repository, query)
        elif kind == "referrers" and not faults.no_referrers:
            self._give_referrers(repository, name, query.get("artifactType", [""])[0])
        else:
            self._refuse(404, "no such page")

    def _give_manifest(self, repository: str, name: str) -> None:
        faults, manifests = self._registry.faults, self._registry.stored.manifests
        if self.command == "HEAD" and faults.no_head:
            self._answer(405, b"")
            return
        if (repository, name) not in manifests:
            known = any(key[0] == repository for key in manifests)
            code = "MANIFEST_UNKNOWN" if known else "NAME_UNKNOWN"
            self._refuse(404, "manifest unknown" if known else "repository unknown", code=code)
            return
        media_type, content = manifests[repository, name]
        headers = {"Content-Type": faults.content_type or media_type}
        if not faults.no_digest_header:
            headers["Docker-Content-Digest"] = faults.digest_header or str(Digest.of(content))
        if faults.corrupt_manifests:
            content += b" "
        self._answer(200, content, headers)

    def _give_blob(self, repository: str, digest: str) -> None:
        faults, stored = self._registry.faults, self._registry.stored
        content = stored.blobs.get(digest)
        if content is None or not stored.holds(repository, digest):
            self._refuse(404, "blob unknown to registry", code="BLOB_UNKNOWN")
            return
        if faults.corrupt_blobs:
            content = bytes([content[0] ^ 1]) + content[1:]
        start = 0
        asked = self.headers.get("Range", "")
        if asked.startswith("bytes=") and not faults.no_ranges:
            start = int(asked.removeprefix("bytes=").partition("-")[0])
        headers = {"Content-Type": "application/octet-stream"}
        if start >= len(content) > 0:
            self._answer(416, b"")
            return
        if start:
            shown = start + 1 if faults.wrong_range else start
            headers["Content-Range"] = f"bytes {shown}-{len(content) - 1}/{len(content)}"
        self._stream(206 if start else 200, content[start:], headers)

    def _stream(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        """Send a blob, cut or lengthened as the faults say."""
        faults = self._registry.faults
        if faults.longer_blobs:
            self.close_connection = True
            self._head(status, {**headers, "Connection": "close"})
            self.wfile.write(content + b"\0" * faults.longer_blobs)
        elif faults.cut_blobs is not None and faults.cuts > 0:
            faults.cuts -= 1
            self.close_connection = True
            self._head(status, {**headers, "Content-Length": str(len(content))})
            self.wfile.write(content[: faults.cut_blobs])
        else:
            self._answer(status, content, headers)

    def _give_tags(self, repository: str, query: Mapping[str, list[str]]) -> None:
        registry, faults = self._registry, self._registry.faults
        keys = [key for name, key in registry.stored.manifests if name == repository]
        if not keys:
            self._refuse(404, "repository name not known to registry", code="NAME_UNKNOWN")
            return
        last = query.get("last", [""])[0]
        tags = sorted(key for key in keys if ":" not in key and key > last)
        size = min(int(query.get("n", ["1000"])[0]), registry.tags_per_page)
        page, link = tags[:size], ""
        if len(tags) > size:
            link = f"/v2/{repository}/tags/list?last={page[-1]}&n={size}"
        if faults.endless_tags:
            number = int(last or "0") + 1
            page, link = [f"{number}"], f"/v2/{repository}/tags/list?last={number}"
        link = self.path if faults.circular_tags else faults.tags_elsewhere or link
        headers = {"Link": f'<{link}>; rel="next"'} if link else {}
        self._answer(200, json.dumps({"name": repository, "tags": page}).encode(), headers)

    def _give_referrers(self, repository: str, digest: str, artifact_type: str) -> None:
        faults, found = self._registry.faults, []
        for (name, key), (media_type, content) in self._registry.stored.manifests.items():
            document = json.loads(content)
            if name != repository or ":" not in key or "subject" not in document:
                continue
            kind = document.get("artifactType", "")
            if document["subject"]["digest"] == digest and (
                not artifact_type or faults.ignore_filters or kind == artifact_type
            ):
                entry = {"mediaType": media_type, "digest": key, "size": len(content)}
                notes = document.get("annotations") or {}
                found.append({**entry, "artifactType": kind, "annotations": notes})
        headers = {"Content-Type": OCI_INDEX}
        if artifact_type and not faults.ignore_filters:
            headers["OCI-Filters-Applied"] = "artifactType"
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": found}
        self._answer(200, json.dumps(index).encode(), headers)

    def _refuse(
        self,
        status: int,
        message: str,
        headers: Mapping[str, str] | None = None,
        code: str = "",
    ) -> None:
        error = {"code": code or _NAMES.get(status, "UNKNOWN"), "message": message}
        self._answer(status, json.dumps({"errors": [error]}).encode(), headers)

    def _answer(
        self, status: int, content: bytes, headers: Mapping[str, str] | None = None
    ) -> None:
        given = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        self._head(status, {**given, **(headers or {})})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
