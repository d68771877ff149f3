"""Writes the name of its base into an image that does not say it."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import NotRebasable
from bedplate.flows.old_base import Bases
from bedplate.flows.rebase_request import target_name
from bedplate.flows.rebase_writing import open_free
from bedplate.flows.whole_image import images_to_change
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.manifest import Index
from bedplate.model.media_types import DOCKER_INDEX, DOCKER_MANIFEST, OCI_INDEX
from bedplate.model.rebase_report import AnnotateReport
from bedplate.rebasing.annotated import annotated_index, annotated_manifest
from bedplate.rebasing.lowest_layers import documents_of
from bedplate.rebasing.new_documents import NewBase, encode

if TYPE_CHECKING:
    from bedplate.flows.old_base import OldBase
    from bedplate.flows.rebase_writing import Place
    from bedplate.flows.session import Session
    from bedplate.images.image import Image, OpenedImage
    from bedplate.model.base_facts import BaseMatch

_NEW_DIGEST = "signatures and attestations name the digest before, and have to be made again"


def annotate(
    name: str,
    session: Session,
    *,
    base: str = "",
    tag: str = "",
    write: bool = True,
) -> AnnotateReport:
    """Write annotations that name the base into every manifest of an image, and its index.

    The image's own name stands for the result: it is the same image, said more of. Layers
    and configuration are not touched.

    Args:
        name: `[scheme:]location`.
        session: means and permissions.
        base: what it stands on; empty to find out.
        tag: where the result goes instead; see `RebaseRequest.tag`.
        write: False only tells what would be.

    Raises:
        NotRebasable: the base is not known, or the layers don't bear it out.
        BadInput: nothing can be written under that name.
        TargetMoved: somebody else changed what bears the name.
        BedplateError: images can't be had, or the registry refuses.
    """
    target = target_name(name, tag)
    with contextlib.ExitStack() as stack:
        bases = Bases(session, stack)
        image = bases.open(name)
        found = [(one, _base_of(one, image, bases, base)) for one in _images(image, session)]
        manifests = {str(one.manifest_digest): _manifest(one, old.match) for one, old in found}
        content, media_type = _root(image, manifests, [old.match for _, old in found])
        report = AnnotateReport(
            name,
            str(target),
            str(image.root.digest),
            str(Digest.of(content)),
            bases=tuple((_platform(one), old.match) for one, old in found),
        )
        if report.digest == report.before:
            return replace(report, notes=("names its base already: nothing to do",))
        report = replace(report, notes=(_NEW_DIGEST,))
        if not write:
            return report
        seen = None if tag else image.root.digest
        place = open_free(target, session, overwrite=not tag, seen=seen)
        _write(place, [one for one, _ in found], list(manifests.values()), media_type)
        place.target.finish(content, media_type, place.before)
        return replace(report, written=True)


def _images(image: OpenedImage, session: Session) -> tuple[Image, ...]:
    """Give the images of all platforms: a part of an index can't be annotated alone."""
    if isinstance(image.document, Index) and session.platform_asked:
        raise NotRebasable(
            f"{image.content.name}: its index is annotated whole", "leave --platform out"
        )
    return images_to_change(image, session)


def _base_of(one: Image, image: OpenedImage, bases: Bases, named: str) -> OldBase:
    documents_of(one)
    found = bases.named(one, named) if named else bases.found(image, one)
    if not found.match.reference:
        raise NotRebasable(
            f"{one.name}: its base is in no registry, so there is no name that others could use",
            "push the base first",
        )
    return found


def _platform(one: Image) -> str:
    return str(one.config.platform) if one.config else ""


def _manifest(one: Image, match: BaseMatch) -> bytes:
    manifest, _ = documents_of(one)
    if manifest.media_type == DOCKER_MANIFEST:
        raise NotRebasable(
            f"{one.name}: a Docker manifest holds no annotations",
            "copy it as an OCI image first, or rebase it, which makes one",
        )
    if one.content is None or one.manifest_digest is None:
        raise NotRebasable(f"{one.name}: an image without a manifest")
    described = Descriptor(manifest.media_type, one.manifest_digest, 0)
    own = one.content.document(described).content
    return annotated_manifest(own, NewBase(match.reference, match.digest))


def _root(
    image: OpenedImage, manifests: dict[str, bytes], matches: list[BaseMatch]
) -> tuple[bytes, str]:
    """Make the document that the name will stand for."""
    if not isinstance(image.document, Index):
        return next(iter(manifests.values())), image.document.media_type
    if image.document.media_type == DOCKER_INDEX:
        raise NotRebasable(
            f"{image.content.name}: a Docker manifest list holds no annotations",
            "copy it as an OCI image first",
        )
    sizes = {
        digest: Descriptor("", Digest.of(content), len(content))
        for digest, content in manifests.items()
    }
    same = {(match.reference, match.digest) for match in matches}
    base = NewBase(*same.pop()) if len(same) == 1 else None
    return encode(annotated_index(json.loads(image.root.content), sizes, base)), OCI_INDEX


def _write(place: Place, images: list[Image], manifests: list[bytes], media_type: str) -> None:
    """Bring what the manifests name, where that is elsewhere, and list them."""
    for one, content in zip(images, manifests, strict=True):
        manifest, _ = documents_of(one)
        for blob in (*manifest.layers, manifest.config):
            if one.content is not None:
                place.target.bring(blob, one.content)
        if media_type == OCI_INDEX:
            place.target.put_manifest(content, manifest.media_type)
