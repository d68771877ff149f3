"""A client that asks everything once: for a run whose parts ask about the same images."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from bedplate.errors import LimitExceeded, RateLimited, RegistryUnreachable
from bedplate.model.descriptor import Descriptor
from bedplate.registry.client import RegistryClient
from bedplate.support.ask_once import AskOnce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.model.digest import Digest
    from bedplate.model.document import Document
    from bedplate.model.manifest import Index
    from bedplate.model.reference import Reference

T = TypeVar("T")


class RememberingClient(RegistryClient):
    """Keeps manifests, tag lists and refusals, so that a run sees one state of a registry.

    Blobs are not kept. What was fetched by its tag is not fetched again by its digest. A registry
    that does not answer, or limits the rate, is asked no more: each silence costs a time-out.

    Args:
        client: whose transport, settings and logins are used.
    """

    def __init__(self, client: RegistryClient) -> None:
        super().__init__(*client.means)
        self._wanted: set[Reference] = set()
        self._fetched: dict[Reference, Document] = {}
        self._refusing: dict[str, RateLimited | RegistryUnreachable] = {}
        self._get: AskOnce[Reference, Document] = AskOnce(self._new_manifest)
        self._ask_head: AskOnce[Reference, Descriptor] = AskOnce(self._new_head)
        self._list_tags: AskOnce[Reference, tuple[str, ...]] = AskOnce(self._all_tags)
        self._ask_referrers: AskOnce[tuple[Reference, Digest, str], Index] = AskOnce(
            self._new_referrers
        )

    def head_manifest(self, reference: Reference) -> Descriptor:
        """Find out what a reference points at."""
        place = _place(reference)
        if place not in self._wanted and place not in self._fetched:
            return self._ask_head(place)
        document = self.get_manifest(reference)
        return Descriptor(document.media_type, document.digest, len(document.content))

    def get_manifest(self, reference: Reference) -> Document:
        """Fetch the manifest or index."""
        place = _place(reference)
        self._wanted.add(place)
        document = self._fetched.get(place)
        if document is None:
            document = self._get(place)
            self._fetched[place] = document
            self._fetched.setdefault(replace(place, tag="", digest=document.digest), document)
        return document

    def tags(self, reference: Reference) -> Iterator[str]:
        """List the tags of a repository; one that has too many is asked each time."""
        try:
            return iter(self._list_tags(replace(reference, tag="", digest=None)))
        except LimitExceeded:
            return super().tags(reference)  # what is before the limit counts

    def referrers(self, reference: Reference, digest: Digest, artifact_type: str = "") -> Index:
        """List what refers to a manifest."""
        return self._ask_referrers((_place(reference), digest, artifact_type))

    def _new_manifest(self, reference: Reference) -> Document:
        return self._unless_silent(reference, super().get_manifest)

    def _new_head(self, reference: Reference) -> Descriptor:
        return self._unless_silent(reference, super().head_manifest)

    def _all_tags(self, reference: Reference) -> tuple[str, ...]:
        tags = super().tags
        return self._unless_silent(reference, lambda asked: tuple(tags(asked)))

    def _new_referrers(self, question: tuple[Reference, Digest, str]) -> Index:
        reference, digest, kind = question
        referrers = super().referrers
        return self._unless_silent(reference, lambda asked: referrers(asked, digest, kind))

    def _unless_silent(self, reference: Reference, ask: Callable[[Reference], T]) -> T:
        silence = self._refusing.get(reference.registry)
        if silence is not None:
            raise silence
        try:
            return ask(reference)
        except (RateLimited, RegistryUnreachable) as error:
            raise self._refusing.setdefault(reference.registry, error) from None


def _place(reference: Reference) -> Reference:
    """Name what is asked for: where there is a digest, the tag does not count."""
    return reference.to_pull()
