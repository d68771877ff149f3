"""`docker://REFERENCE`, or a plain reference: an image in a registry."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from bedplate.errors import DigestMismatch
from bedplate.model.digest import Digest
from bedplate.model.document import Document
from bedplate.model.media_types import INDEXES, MANIFESTS, SCHEMA1
from bedplate.model.oci_json import MAX_DOCUMENT_BYTES
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bedplate.images.image_source import Access, ByteReader, Content
    from bedplate.model.descriptor import Descriptor
    from bedplate.registry.client import RegistryClient

SCHEME = "docker"
_MANIFESTS = MANIFESTS | INDEXES | SCHEMA1


def open(location: str, access: Access) -> Content:  # noqa: A001 - the contract's name
    """Open an image of a registry; nothing is asked for yet."""
    reference = Reference.parse(location.removeprefix("//")).with_default_tag()
    return RemoteContent(reference, access.registry())


class RemoteContent:
    """An image in a registry: index, manifest and config cost one request each, once.

    Args:
        reference: with a tag or a digest.
        client: shared by all images of a run.
    """

    synthetic = False

    def __init__(self, reference: Reference, client: RegistryClient) -> None:
        self.name = reference.familiar
        self.place = reference.registry
        self.reference = reference
        self._client = client
        self._lock = threading.Lock()
        self._root: Document | None = None
        self._documents: dict[Digest, Document] = {}

    def root(self) -> Document:
        """Give the manifest or index that the reference points at."""
        with self._lock:
            if self._root is None:
                self._root = self._client.get_manifest(self.reference)
                self._documents[self._root.digest] = self._root
            return self._root

    def document(self, descriptor: Descriptor) -> Document:
        """Give a manifest, index or config, verified; what the descriptor embeds costs nothing."""
        with self._lock:
            known = self._documents.get(descriptor.digest)
            if known is None:
                known = self._documents[descriptor.digest] = self._fetch(descriptor)
            return known

    def blob(self, descriptor: Descriptor) -> AbstractContextManager[ByteReader]:
        """Open a layer blob; the reader verifies its size, not its digest."""
        return self._client.open_blob(self.reference, descriptor)

    def close(self) -> None:
        """Do nothing: connections are the client's, for the next image."""

    def _fetch(self, descriptor: Descriptor) -> Document:
        digest, media_type = descriptor.digest, descriptor.media_type
        if descriptor.data is not None:
            if Digest.of(descriptor.data, digest.algorithm) != digest:
                raise DigestMismatch(f"{self.name}: embedded data is not that of {digest}")
            return Document(descriptor.data, media_type, digest)
        if media_type in _MANIFESTS:
            found = self._client.get_manifest(self.reference.with_digest(digest))
            return Document(found.content, media_type, digest)
        content = self._client.get_blob(self.reference, descriptor, MAX_DOCUMENT_BYTES)
        return Document(content, media_type, digest)
