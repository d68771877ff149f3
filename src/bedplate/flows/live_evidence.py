"""What a registry says of an image that a file names, in two requests at most."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, ImageNotFound, PlatformNotFound
from bedplate.linting.artifacts import artifact_kind
from bedplate.linting.evidence import Built, Evidence, Measured, Served
from bedplate.model.documents import MAX_DOCUMENT_BYTES, parse_document, parse_image_config
from bedplate.model.manifest import Index, Manifest, pick_platform, platforms_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.descriptor import Descriptor
    from bedplate.model.platform import Platform
    from bedplate.model.reference import Reference
    from bedplate.registry.client import RegistryClient

_SHOWN = 40  # characters of a date that a publisher wrote
_CREATED = "org.opencontainers.image.created"  # image-spec, annotations.md


def live_evidence(reference: Reference, platform: Platform, client: RegistryClient) -> Evidence:
    """Ask for the tag, then for what it leaves open.

    The second request is for the digest of the reference when the tag stands for another one;
    else for the image of a platform that an index lists, or the configuration of a single image.
    Requests for tokens and redirects are not counted.

    Args:
        reference: with a tag, a digest or both.
        platform: whose image of an index is looked at; another one when it is not there.
        client: asks.

    Raises:
        ImageNotFound: the registry does not know the tag, and there is no digest.
        BedplateError: the registry did not answer, or not with a manifest.
    """
    asked = _Asked(client, reference)
    by_tag = by_digest = None
    if reference.tag:
        try:
            by_tag = asked.manifest(replace(reference, digest=None))
        except ImageNotFound:
            if reference.digest is None:
                raise
    if reference.digest is not None:
        try:
            same = by_tag is not None and by_tag.digest == reference.digest
            by_digest = by_tag if same else asked.manifest(reference.to_pull())
        except ImageNotFound:
            asked.answers.append(f"{reference.registry} does not have {reference.digest}")
    evidence = Evidence(
        reference,
        by_tag=by_tag,
        by_digest=by_digest,
        gone=reference.digest is not None and by_digest is None,
        index_of_pin=by_tag.digest if by_tag and _lists(by_tag, reference) else None,
    )
    evidence = _with_second(evidence, platform, asked)
    return replace(evidence, answers=tuple(asked.answers))


@dataclass(slots=True)
class _Asked:
    """Asks, and keeps what was answered.

    Args:
        client: asks.
        reference: the image.
        answers: a line for each.
        requests: how many were sent.
    """

    client: RegistryClient
    reference: Reference
    answers: list[str] = field(default_factory=list)
    requests: int = 0

    def manifest(self, reference: Reference) -> Served:
        self.requests += 1
        document = self.client.get_manifest(reference)
        served = Served(document.digest, parse_document(document.content, document.media_type))
        self.answers.append(f"{reference.registry}: {reference.familiar} is {_described(served)}")
        return served


def _described(served: Served) -> str:
    kind = artifact_kind(served.document)
    if not kind and isinstance(served.document, Index):
        count = len(platforms_of(served.document))
        kind = f"an index of {count} platform{'' if count == 1 else 's'}"
    return f"{served.digest}, {kind or 'the image of one platform'}"


def _lists(tag: Served, reference: Reference) -> bool:
    document = tag.document
    return isinstance(document, Index) and any(
        entry.digest == reference.digest for entry in document.manifests
    )


def _with_second(evidence: Evidence, platform: Platform, asked: _Asked) -> Evidence:
    """Look into what the first answer points at, when a request is left."""
    evidence = replace(evidence, built=_built(evidence, {}, asked.reference))
    served = evidence.served
    if served is None:
        return evidence
    if isinstance(served.document, Index):
        evidence = replace(evidence, platforms=platforms_of(served.document))
    elif artifact_kind(served.document):
        return evidence
    else:
        evidence = replace(evidence, size=_size(served.document, asked.reference))
    if asked.requests > 1:
        return evidence
    try:
        if isinstance(served.document, Index):
            return _with_child(evidence, _child(served.document, platform), asked)
        return _with_config(evidence, served.document, asked)
    except BedplateError as error:
        return replace(evidence, unasked=(f"what is in the image: {error.message}",))


def _child(index: Index, platform: Platform) -> Descriptor | None:
    try:
        return pick_platform(index, platform, "")
    except PlatformNotFound:
        there = platforms_of(index)
        return pick_platform(index, there[0], "") if there else None


def _with_child(evidence: Evidence, child: Descriptor | None, asked: _Asked) -> Evidence:
    if child is None:
        return evidence
    try:
        served = asked.manifest(replace(asked.reference, tag="", digest=child.digest))
    except ImageNotFound:
        host = asked.reference.registry
        asked.answers.append(f"{host} does not have {child.digest}, which the index lists")
        return replace(evidence, missing_child=child.digest)
    if not isinstance(served.document, Manifest):
        return evidence
    pairs = {**served.document.annotations, **child.annotations}
    built = evidence.built or _built(evidence, pairs, asked.reference)
    return replace(evidence, size=_size(served.document, asked.reference), built=built)


def _with_config(evidence: Evidence, manifest: Manifest, asked: _Asked) -> Evidence:
    asked.requests += 1
    reference, limit = asked.reference, MAX_DOCUMENT_BYTES
    config = parse_image_config(asked.client.get_blob(reference, manifest.config, limit))
    asked.answers.append(
        f"{reference.registry}: the configuration names {str(config.platform)[:_SHOWN]}"
        + (f", created {config.created[:_SHOWN]}" if config.created else "")
    )
    pairs = {_CREATED: config.created} if config.created else {}
    built = evidence.built or _built(evidence, pairs, reference)
    return replace(evidence, platforms=(config.platform,), built=built)


def _built(evidence: Evidence, pairs: Mapping[str, str], reference: Reference) -> Built | None:
    """Find the date of the tag's image, in its annotations or what was found beside them."""
    tag = evidence.by_tag
    pinned = evidence.by_digest
    if tag is None or (pairs and pinned is not None and pinned.digest != tag.digest):
        return None
    created = tag.document.annotations.get(_CREATED) or pairs.get(_CREATED)
    if not created:
        return None
    created = created[:_SHOWN]
    shown_by = f"{reference.registry}: `created` of {reference.familiar} is {created}"
    return Built(created, shown_by=shown_by)


def _size(manifest: Manifest, reference: Reference) -> Measured:
    total = sum(layer.size for layer in manifest.layers)
    return Measured(
        reference.familiar,
        reference.tag,
        compressed_size=total,
        shown_by=f"{reference.registry}: layers of {reference.familiar} have {total} bytes",
    )
