"""`docker://REFERENCE`, or a plain reference: an image in a registry."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import DigestMismatch, ImageNotFound
from bedplate.images.oci_store import COSIGN_SUFFIXES
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.document import Document
from bedplate.model.media_types import INDEXES, MANIFESTS, SCHEMA1
from bedplate.model.oci_json import MAX_DOCUMENT_BYTES
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from bedplate.images.image_source import Access, ByteReader, Content
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
        self._referrers: dict[Digest, Sequence[Descriptor]] = {}

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

    def referrers(self, digest: Digest) -> Sequence[Descriptor]:
        """List what refers to a manifest; where that is nothing, what cosign's tags name."""
        with self._lock:
            found = self._referrers.get(digest)
            if found is None:
                found = self._client.referrers(self.reference, digest).manifests
                found = self._referrers[digest] = found or self._by_cosign_tags(digest)
            return found

    def close(self) -> None:
        """Do nothing: connections are the client's, for the next image."""

    def _by_cosign_tags(self, digest: Digest) -> Sequence[Descriptor]:
        """Ask for the tags that stand for attestations and SBOMs of an image."""
        found = []
        for suffix in COSIGN_SUFFIXES:
            tag = f"{digest.algorithm}-{digest.hex}{suffix}"
            reference = replace(self.reference, tag=tag, digest=None)
            with contextlib.suppress(ImageNotFound):
                document = self._client.get_manifest(reference)
                self._documents[document.digest] = document
                size = len(document.content)
                found.append(Descriptor(document.media_type, document.digest, size))
        return tuple(found)

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
