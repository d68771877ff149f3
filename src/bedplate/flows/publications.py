"""What registries say of images that could be moved to: each is asked once in a run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bedplate.errors import (
    BedplateError,
    ImageNotFound,
    LimitExceeded,
    PlatformNotFound,
    RateLimited,
    RegistryUnreachable,
)
from bedplate.model.documents import MAX_DOCUMENT_BYTES, parse_document, parse_image_config
from bedplate.model.manifest import Index, Manifest, pick_platform, platforms_of
from bedplate.support.ask_once import AskOnce
from bedplate.updating.published import Listed, Published

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.flows.session import Session
    from bedplate.model.descriptor import Descriptor
    from bedplate.model.platform import Platform
    from bedplate.model.reference import Reference
    from bedplate.registry.client import RegistryClient

    Clock = Callable[[Reference], tuple[str, str]]

_CREATED = "org.opencontainers.image.created"  # image-spec, annotations.md


class RegistryPublications:
    """Asks registries; one that does not answer, or limits the rate, is asked no more.

    Args:
        session: whose registry client is used, and the platform to look into.
        pushed: knows since when tags are there, and says who it is; empty when it does not.
    """

    def __init__(self, session: Session, pushed: Clock | None = None) -> None:
        self._client: RegistryClient = session.access.registry()
        self._platform = session.platform
        self._pushed = pushed
        self._silent: dict[str, str] = {}
        self._tags: AskOnce[Reference, Listed] = AskOnce(self._ask_tags)
        self._manifests: AskOnce[Reference, _Served | Published] = AskOnce(self._ask_manifest)
        self._insides: AskOnce[Reference, Published] = AskOnce(self._look_into)

    def tags(self, reference: Reference) -> Listed:
        """List the tags of the repository."""
        return self._tags(replace(reference, tag="", digest=None))

    def published(self, reference: Reference) -> Published:
        """Tell what a tag or a digest stands for."""
        answer = self._manifests(reference)
        return answer if isinstance(answer, Published) else answer.published

    def looked_into(self, reference: Reference) -> Published:
        """Tell the same, with the time and the platform that its configuration names."""
        return self._insides(reference)

    def _ask_tags(self, reference: Reference) -> Listed:
        if silence := self._silent.get(reference.registry):
            return Listed(failure=silence)
        tags: list[str] = []
        try:
            tags.extend(self._client.tags(reference))
        except LimitExceeded as error:
            # what was read is true, and may hold something newer; that there is more is told
            if not tags:
                return Listed(failure=error.message)
            return Listed(tuple(tags), note=f"{error.message}: only these were looked at")
        except BedplateError as error:
            return Listed(failure=self._failure(reference, error))
        return Listed(tuple(tags))

    def _ask_manifest(self, reference: Reference) -> _Served | Published:
        if silence := self._silent.get(reference.registry):
            return Published(failure=silence)
        try:
            document = self._client.get_manifest(reference)
            parsed = parse_document(document.content, document.media_type)
        except ImageNotFound as error:
            return Published(failure=error.message, gone=True)
        except BedplateError as error:
            return Published(failure=self._failure(reference, error))
        published = _published(str(document.digest), parsed)
        if since := _iso(document.modified):
            source = "the registry, when it was last modified"
            published = replace(published, created=since, time_source=source)
        return _Served(parsed, published)

    def _failure(self, reference: Reference, error: BedplateError) -> str:
        if isinstance(error, RegistryUnreachable | RateLimited):
            self._silent.setdefault(reference.registry, error.message)
        return error.message

    def _look_into(self, reference: Reference) -> Published:
        answer = self._manifests(reference)
        if isinstance(answer, Published):
            return answer
        known = answer.published
        if self._pushed is not None and reference.tag:
            created, source = self._pushed(reference)
            if created:
                known = replace(known, created=created, time_source=source)
        if known.created and known.platforms is not None:
            return known
        try:
            return self._opened(reference, answer.document, known)
        except BedplateError as error:
            self._failure(reference, error)
            return known

    def _opened(
        self, reference: Reference, document: Manifest | Index, known: Published
    ) -> Published:
        """Read an image, or that of one platform of an index."""
        if isinstance(document, Index):
            child = _child(document, self._platform)
            served = self._manifests(replace(reference, tag="", digest=child.digest))
            if isinstance(served, Published) or not isinstance(served.document, Manifest):
                return known
            manifest = served.document
        else:
            manifest = document
        config = parse_image_config(
            self._client.get_blob(reference, manifest.config, MAX_DOCUMENT_BYTES)
        )
        if known.platforms is None:
            known = replace(known, platforms=(config.platform,))
        created = known.created or manifest.annotations.get(_CREATED, "") or config.created or ""
        source = known.time_source or "its builder, in the image"
        return replace(known, created=created[:64], time_source=source)


class _Served:
    """A document that a registry served.

    Args:
        document: the manifest or index.
        published: what it says.
    """

    def __init__(self, document: Manifest | Index, published: Published) -> None:
        self.document = document
        self.published = published


def _published(digest: str, document: Manifest | Index) -> Published:
    created = document.annotations.get(_CREATED, "")
    if isinstance(document, Index) and not created:
        times = [entry.annotations.get(_CREATED, "") for entry in document.manifests]
        created = max(times, default="")  # the platform that was published last
    return Published(
        digest,
        platforms=_platforms(document),
        images=_images(document) if isinstance(document, Index) else {},
        created=created[:64],
        time_source="its builder, in the index" if created else "",
    )


def _iso(modified: str) -> str:
    """Write an HTTP date as an ISO time; empty when it is none."""
    try:
        return parsedate_to_datetime(modified).astimezone(dt.UTC).isoformat() if modified else ""
    except (ValueError, OverflowError):
        return ""


def _platforms(document: Manifest | Index) -> tuple[Platform, ...] | None:
    if not isinstance(document, Index):
        return None
    return tuple(one.normalized() for one in platforms_of(document))


def _images(index: Index) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in index.manifests:
        if entry.platform is not None:
            found.setdefault(str(entry.platform.normalized()), str(entry.digest))
    return found


def _child(index: Index, platform: Platform) -> Descriptor:
    try:
        return pick_platform(index, platform, "the index")
    except PlatformNotFound:
        there = platforms_of(index)
        if not there:
            raise
        return pick_platform(index, there[0], "the index")
