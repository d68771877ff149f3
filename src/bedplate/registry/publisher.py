"""The writing half of the distribution API: blobs and manifests of one repository."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from bedplate.errors import DigestMismatch, ImageNotFound, RegistryError, Unauthorized
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.support.http_request import Origin, Stream

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from bedplate.registry.endpoint import Endpoint
    from bedplate.registry.exchange import Exchange
    from bedplate.support.http_request import ByteReader
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
        descriptor = Descriptor(media_type, Digest.of(content), len(content))
        if not self.holds_blob(descriptor):
            self._upload(self._begin(descriptor), descriptor, content)
        return descriptor

    def holds_blob(self, descriptor: Descriptor) -> bool:
        """Tell whether the repository holds a blob already."""
        held = self._exchange.ask(
            self._endpoint,
            f"{self._endpoint.repository}/blobs/{descriptor.digest}",
            kind="upload",
            what=self._what(descriptor),
            method="HEAD",
            accepted=(200, 404),
        )
        held.close()
        return held.status == 200

    def bring_blob(
        self,
        descriptor: Descriptor,
        open_blob: Callable[[], AbstractContextManager[ByteReader]],
        repository: str = "",
    ) -> bool:
        """Bring a blob of any size in that the repository does not hold.

        Args:
            descriptor: of the blob.
            open_blob: opens it as a stream, where its bytes have to be sent; again when they
                have to be sent again.
            repository: another one of this registry that holds the blob; empty for none.

        Returns:
            whether the registry mounted it, so that nothing was sent.

        Source: distribution-spec, "Mounting a blob from another repository".
        """
        begun = self._mount(descriptor, repository) if repository else None
        if begun is None:
            begun = self._begin(descriptor)
        if begun.status == 201:
            return True
        self._upload(begun, descriptor, Stream(descriptor.size, open_blob))
        return False

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
        response = self._exchange.tell(
            self._endpoint,
            path,
            what=f"{self._name}:{target}",
            method="PUT",
            body=content,
            media_type=media_type,
        )
        response.discard()
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

    def _mount(self, descriptor: Descriptor, repository: str) -> Response | None:
        """Ask for a mount; None where this login may not read the other repository."""
        try:
            return self._begin(descriptor, repository)
        except (Unauthorized, ImageNotFound):
            return None

    def _begin(self, descriptor: Descriptor, repository: str = "") -> Response:
        """Begin an upload; 201 means that the blob came out of another repository."""
        path = f"{self._endpoint.repository}/blobs/uploads/"
        endpoint = self._endpoint
        if repository:
            path += f"?mount={descriptor.digest}&from={quote(repository, safe='')}"
            endpoint = replace(endpoint, mounted_from=repository)
        begun = self._exchange.tell(
            endpoint,
            path,
            what=self._what(descriptor),
            method="POST",
            body=b"",
            media_type=_BYTES,
            accepted=(201, 202) if repository else (202,),
        )
        begun.discard()
        return begun

    def _upload(self, begun: Response, descriptor: Descriptor, content: bytes | Stream) -> None:
        """Send a blob in one piece: some registries take no other uploads."""
        place = self._place(begun)
        separator = "&" if "?" in place else "?"
        self._exchange.tell(
            self._endpoint,
            f"{place}{separator}digest={descriptor.digest}",
            what=self._what(descriptor),
            method="PUT",
            body=content,
            media_type=_BYTES,
        ).discard()

    def _what(self, descriptor: Descriptor) -> str:
        return f"{self._name}, blob {descriptor.digest.hex[:12]}"
