"""`docker://REFERENCE`, or a plain reference: a tag in a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BadInput, TargetMoved
from bedplate.images.image_sources.remote import RemoteContent
from bedplate.images.image_target import Brought
from bedplate.images.verified import checked
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from bedplate.images.image_source import Access, Content
    from bedplate.images.image_target import Target
    from bedplate.registry.client import RegistryClient

SCHEME = "docker"


def open(location: str, access: Access) -> Target:  # noqa: A001 - the contract's name
    """Open a tag; nothing is asked for yet."""
    reference = Reference.parse(location.removeprefix("//"))
    if reference.digest is not None:
        raise BadInput(f"{reference.familiar}: a digest can't be written to", "name a tag")
    return RemoteTarget(reference.with_default_tag(), access.registry())


class RemoteTarget:
    """A tag in a registry.

    Args:
        reference: with a tag and no digest.
        client: writes.
    """

    def __init__(self, reference: Reference, client: RegistryClient) -> None:
        self.name = reference.familiar
        self._reference = reference
        self._client = client
        self._publisher = client.publisher(reference)

    def current(self) -> Digest | None:
        """Ask what the tag points at."""
        return self._client.digest_at_origin(self._reference)

    def bring(self, descriptor: Descriptor, source: Content) -> Brought:
        """Take what is held, else mount it, else stream it through."""
        if self._publisher.holds_blob(descriptor):
            return Brought.HELD
        repository = ""
        if isinstance(source, RemoteContent):
            there = source.reference
            if there.registry == self._reference.registry:
                repository = there.repository
        mounted = self._publisher.bring_blob(
            descriptor,
            lambda: checked(source.blob(descriptor), descriptor, source.name),
            repository if repository != self._reference.repository else "",
        )
        return Brought.MOUNTED if mounted else Brought.COPIED

    def put_blob(self, content: bytes, media_type: str) -> Descriptor:
        """Upload a small blob."""
        return self._publisher.put_blob(content, media_type)

    def put_manifest(self, content: bytes, media_type: str) -> Descriptor:
        """Upload a manifest under its digest."""
        digest = Digest.of(content)
        self._publisher.put_manifest(content, media_type, str(digest))
        return Descriptor(media_type, digest, len(content))

    def finish(self, content: bytes, media_type: str, before: Digest | None) -> Digest:
        """Upload the manifest or index under the tag.

        Registries have no way to do this only if the tag has not moved: between the last
        look and the upload is a moment that nobody can close.
        """
        if self.current() != before:
            raise TargetMoved(
                f"{self.name} was changed by somebody else in the meantime", "look at it first"
            )
        return self._publisher.put_manifest(content, media_type, self._reference.tag)
