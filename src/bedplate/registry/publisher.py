"""The writing half of the distribution API: blobs and manifests of one repository."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bedplate.errors import DigestMismatch, RegistryError
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.support.http_request import Origin

if TYPE_CHECKING:
    from bedplate.registry.endpoint import Endpoint
    from bedplate.registry.exchange import Exchange
    from bedplate.support.http_response import Response

_BYTES = "application/octet-stream"


class Publisher:
    """Writes to a repository; every method may raise what `Exchange.ask` raises.

    Args:
        exchange: sends requests.
        endpoint: the repository.
        name: of the repository, in messages.
    """

    def __init__(self, exchange: Exchange, endpoint: Endpoint, name: str) -> None:
        self._exchange = exchange
        self._endpoint = replace(endpoint, actions="pull,push")
        self._name = name

    def put_blob(self, content: bytes, media_type: str) -> Descriptor:
        """Upload a blob in one piece, unless the repository holds it already.

        Source: distribution-spec, "Pushing a blob monolithically", POST then PUT.
        """
        digest = Digest.of(content)
        descriptor = Descriptor(media_type, digest, len(content))
        path = f"{self._endpoint.repository}/blobs"
        what = f"{self._name}, blob {digest.hex[:12]}"
        held = self._exchange.ask(
            self._endpoint,
            f"{path}/{digest}",
            kind="upload",
            what=what,
            method="HEAD",
            accepted=(200, 404),
        )
        held.close()
        if held.status == 200:
            return descriptor
        begun = self._tell("POST", f"{path}/uploads/", b"", what, accepted=202)
        place = self._place(begun)
        separator = "&" if "?" in place else "?"
        self._tell("PUT", f"{place}{separator}digest={digest}", content, what)
        return descriptor

    def put_manifest(self, content: bytes, media_type: str, target: str) -> Digest:
        """Upload a manifest whose blobs are there.

        Args:
            content: of the manifest.
            media_type: of the manifest.
            target: its tag or its digest.

        Raises:
            DigestMismatch: the registry has kept something else.

        Source: distribution-spec, "Pushing Manifests".
        """
        path = f"{self._endpoint.repository}/manifests/{target}"
        response = self._tell("PUT", path, content, f"{self._name}:{target}", media_type)
        digest = Digest.of(content)
        kept = response.headers.get("Docker-Content-Digest", str(digest))
        if kept != str(digest):
            raise DigestMismatch(f"{self._name}: {self._endpoint.host} kept another manifest")
        return digest

    def _place(self, begun: Response) -> str:
        """Read where an upload goes on: below `/v2/` of the same host, so that no login leaks.

        Raises:
            RegistryError: elsewhere.
        """
        url = urljoin(begun.url, begun.headers.get("Location", ""))
        parts = urlsplit(url)
        if Origin.of(url) != begun.origin or not parts.path.startswith("/v2/"):
            raise RegistryError(f"{self._endpoint.host} sends uploads to another place")
        query = f"?{parts.query}" if parts.query else ""
        return parts.path.removeprefix("/v2/") + query

    def _tell(
        self,
        method: str,
        path: str,
        body: bytes,
        what: str,
        media_type: str = _BYTES,
        accepted: int = 201,
    ) -> Response:
        """Send content and let the connection go; the answer's headers are left."""
        response = self._exchange.tell(
            self._endpoint,
            path,
            what=what,
            method=method,
            body=body,
            media_type=media_type,
            accepted=accepted,
        )
        response.discard()
        return response
