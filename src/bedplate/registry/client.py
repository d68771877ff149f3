"""The client of the distribution API: manifests, blobs, tags, referrers."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from bedplate.errors import (
    BedplateError,
    DigestMismatch,
    ImageNotFound,
    LimitExceeded,
    RegistryUnreachable,
    Unavailable,
)
from bedplate.model.descriptor import Descriptor
from bedplate.model.media_types import ACCEPT
from bedplate.registry.blob_reader import BlobReader
from bedplate.registry.exchange import Exchange
from bedplate.registry.manifest_answer import read_head, read_manifest
from bedplate.registry.publisher import Publisher
from bedplate.registry.referrers import collect_referrers, referrers_by_tag
from bedplate.registry.tag_pages import read_tags, walk_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.model.digest import Digest
    from bedplate.model.document import Document
    from bedplate.model.manifest import Index
    from bedplate.model.reference import Reference
    from bedplate.registry.credentials import Credentials
    from bedplate.registry.endpoint import Endpoint
    from bedplate.registry.settings import RegistrySettings
    from bedplate.support.http import HttpClient
    from bedplate.support.http_response import Response
    from bedplate.support.request_budget import RequestBudget

_ACCEPT = {"Accept": ", ".join(ACCEPT)}
_TAGS_PER_PAGE = 1_000

T = TypeVar("T")


class RegistryClient:
    """Reads from registries, and opens the door to writing; safe for many threads.

    Images are asked for at the configured mirrors first, then at the registry itself; tags
    and referrers the other way round, since a mirror may not know them all. Every method
    may raise RegistryUnreachable, RateLimited, RegistryError and Unauthorized.

    Args:
        http: the transport.
        settings: mirrors, locations, blocked registries.
        credentials: finds logins when a registry asks for one.
    """

    def __init__(
        self, http: HttpClient, settings: RegistrySettings, credentials: Credentials
    ) -> None:
        self._http = http
        self._settings = settings
        self._credentials = credentials
        self._exchange = Exchange(http, credentials)
        self._silent: set[str] = set()  # mirrors that could not be reached

    @property
    def http(self) -> HttpClient:
        """The transport, with its proxies and certificates."""
        return self._http

    @property
    def means(self) -> tuple[HttpClient, RegistrySettings, Credentials]:
        """What another client of the same session is made of."""
        return self._http, self._settings, self._credentials

    @property
    def budget(self) -> RequestBudget:
        """What was sent so far."""
        return self._http.budget

    def head_manifest(self, reference: Reference) -> Descriptor:
        """Find out what a reference points at, without its content where that is possible.

        Raises:
            ImageNotFound: no such repository, tag or digest.
            DigestMismatch: the registry has something else under this digest.
        """
        return self._pull(reference, lambda endpoint: self._head(endpoint, reference))

    def get_manifest(self, reference: Reference) -> Document:
        """Fetch the manifest or index, by digest where there is one, and verify it.

        Raises:
            ImageNotFound: no such repository, tag or digest.
            DigestMismatch: the bytes are not those of the digest.
            LimitExceeded: longer than a manifest may be.
        """
        return self._pull(reference, lambda endpoint: self._manifest(endpoint, reference))

    def open_blob(self, reference: Reference, descriptor: Descriptor) -> BlobReader:
        """Open a blob as a stream of exactly its announced size; its digest is not checked.

        Use the result as a context manager.

        Raises:
            ImageNotFound: the registry does not hold the blob.
            CorruptImage: another size than announced; also while reading.
        """
        return self._pull(reference, lambda endpoint: self._blob(endpoint, reference, descriptor))

    def get_blob(self, reference: Reference, descriptor: Descriptor, limit: int) -> bytes:
        """Fetch a small blob whole, and verify it.

        Args:
            reference: names the repository.
            descriptor: of the blob.
            limit: bytes; a larger blob is refused before it is asked for.

        Raises:
            LimitExceeded: larger than `limit`.
            DigestMismatch: the bytes are not those of the digest.
            CorruptImage: another size than announced.
        """
        if descriptor.size > limit:
            raise LimitExceeded(
                f"{reference.familiar}: {descriptor.digest} is announced with {descriptor.size} "
                f"bytes, more than the {limit} that bedplate will read here"
            )

        def fetch(endpoint: Endpoint) -> bytes:
            with self._blob(endpoint, reference, descriptor) as reader:
                content = b"".join(iter(lambda: reader.read(1 << 16), b""))
            hasher = descriptor.digest.hasher()
            hasher.update(content)
            if hasher.hexdigest() != descriptor.digest.hex:
                raise DigestMismatch(
                    f"{reference.familiar}: {endpoint.host} serves bytes that are not those of "
                    f"{descriptor.digest}",
                    "the registry, a mirror or a proxy serves damaged content",
                )
            return content

        return self._pull(reference, fetch)

    def tags(self, reference: Reference) -> Iterator[str]:
        """List the tags of a repository, page by page, in the registry's order.

        Raises:
            ImageNotFound: no such repository.
            LimitExceeded: more tags than bedplate will read; also while listing.
            InvalidDocument: not a tag list; also while listing.
        """
        name = f"the tag list of {reference.familiar_name}"

        def first_page(endpoint: Endpoint) -> Iterator[tuple[bytes, Response]]:
            path = f"{endpoint.repository}/tags/list?n={_TAGS_PER_PAGE}"
            pages = walk_pages(self._asker(endpoint, "tags", name), path, name)
            return itertools.chain([next(pages)], pages)

        return read_tags(self._list(reference, first_page), name)

    def referrers(self, reference: Reference, digest: Digest, artifact_type: str = "") -> Index:
        """List what refers to a manifest, by the referrers API or the tag schema.

        Args:
            reference: names the repository.
            digest: of the manifest referred to.
            artifact_type: only those of this type; empty for all.

        Raises:
            InvalidDocument: not an index.
            LimitExceeded: more than bedplate will read.
        """
        return self._list(
            reference, lambda endpoint: self._referrers(endpoint, reference, digest, artifact_type)
        )

    def ping(self, reference: Reference) -> None:
        """Check that the registry answers, and takes our login where it wants one."""
        what = f"the registry {reference.registry}"
        self._list(
            reference,
            lambda endpoint: self._exchange.ask(endpoint, "", kind="ping", what=what).discard(),
        )

    def digest_at_origin(self, reference: Reference) -> Digest | None:
        """Ask the registry itself, and no mirror, what a tag points at; None when there is none."""
        origin = self._settings.endpoints(reference)[-1]
        try:
            return self._head(origin, reference).digest
        except ImageNotFound:
            return None

    def publisher(self, reference: Reference) -> Publisher:
        """Give what writes to a repository: at the registry itself, never at a mirror."""
        origin = self._settings.endpoints(reference)[-1]
        return Publisher(self._exchange, origin, reference.familiar_name)

    def close(self) -> None:
        """Close every idle connection."""
        self._http.close()

    def _head(self, endpoint: Endpoint, reference: Reference) -> Descriptor:
        response = self._exchange.ask(
            endpoint,
            _manifest_path(endpoint, reference.target),
            kind="manifest",
            what=reference.familiar,
            method="HEAD",
            headers=_ACCEPT,
            accepted=(200, 405),
        )
        descriptor = None
        if response.status == 200:
            descriptor = read_head(response, reference.digest, reference.familiar)
        response.close()
        if descriptor is not None:
            return descriptor
        document = self._manifest(endpoint, reference)
        return Descriptor(document.media_type, document.digest, len(document.content))

    def _manifest(self, endpoint: Endpoint, reference: Reference) -> Document:
        path = _manifest_path(endpoint, reference.target)
        response = self._exchange.ask(
            endpoint, path, kind="manifest", what=reference.familiar, headers=_ACCEPT
        )
        return read_manifest(response, reference.digest, reference.familiar)

    def _blob(self, endpoint: Endpoint, reference: Reference, descriptor: Descriptor) -> BlobReader:
        path = f"{endpoint.repository}/blobs/{descriptor.digest}"
        what = f"{reference.familiar}, blob {descriptor.digest.hex[:12]}"

        def ask(headers: dict[str, str]) -> Response:
            accepted = (200, 206, 416) if headers else (200,)
            return self._exchange.ask(
                endpoint, path, kind="blob", what=what, headers=headers, accepted=accepted
            )

        return BlobReader(ask, descriptor, what)

    def _referrers(
        self, endpoint: Endpoint, reference: Reference, digest: Digest, artifact_type: str
    ) -> Index:
        path = f"{endpoint.repository}/referrers/{digest}"
        if artifact_type:
            path += f"?artifactType={quote(artifact_type, safe='')}"
        name = reference.familiar_name
        probe = self._exchange.ask(
            endpoint, path, kind="referrers", what=name, accepted=(200, 400, 404, 405, 501)
        )
        if probe.status != 200:
            probe.discard()
            bare = replace(reference, digest=None)
            return referrers_by_tag(
                lambda tag: self._manifest(endpoint, replace(bare, tag=tag)), digest, artifact_type
            )
        ask = self._asker(endpoint, "referrers", name)
        first = iter([probe])
        return collect_referrers(lambda p: next(first, None) or ask(p), path, artifact_type, name)

    def _asker(self, endpoint: Endpoint, kind: str, what: str) -> Callable[[str], Response]:
        return lambda path: self._exchange.ask(endpoint, path, kind=kind, what=what)

    def _pull(self, reference: Reference, attempt: Callable[[Endpoint], T]) -> T:
        """Try the mirrors, then the registry, whose refusal is the one that counts."""
        *mirrors, origin = self._settings.endpoints(reference)
        for mirror in mirrors:
            if mirror.host in self._silent:
                continue
            try:
                return attempt(mirror)
            except RegistryUnreachable:
                self._silent.add(mirror.host)
            except BedplateError:
                continue
        return attempt(origin)

    def _list(self, reference: Reference, attempt: Callable[[Endpoint], T]) -> T:
        """Try the registry, then its mirrors when it can't be asked."""
        *mirrors, origin = self._settings.endpoints(reference)
        try:
            return attempt(origin)
        except Unavailable:
            for mirror in mirrors:
                try:
                    return attempt(mirror)
                except BedplateError:
                    continue
            raise


def _manifest_path(endpoint: Endpoint, target: str) -> str:
    return f"{endpoint.repository}/manifests/{target}"
