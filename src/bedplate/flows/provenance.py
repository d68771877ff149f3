"""Bases that the builder attested: SLSA provenance beside an image in its index.

Source: BuildKit, "Image attestation storage"; in-toto statement v0.1 and v1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.facts.provenance import bases_from_provenance
from bedplate.model.documents import MAX_DOCUMENT_BYTES, parse_document
from bedplate.model.manifest import Index, Manifest

if TYPE_CHECKING:
    from bedplate.images.image import Image, OpenedImage
    from bedplate.model.base_facts import BaseMatch

_FOR = "vnd.docker.reference.digest"
_TYPE = "vnd.docker.reference.type"
_PREDICATE = "in-toto.io/predicate-type"
_SLSA = "https://slsa.dev/provenance/"


def attested_bases(opened: OpenedImage, image: Image) -> tuple[BaseMatch, ...]:
    """Read the provenance of an image, at most two requests; empty when there is none.

    Args:
        opened: the index that the image was picked from.
        image: the image for one platform.
    """
    if not isinstance(opened.document, Index):
        return ()
    for descriptor in opened.document.manifests:
        notes = descriptor.annotations
        if notes.get(_TYPE) == "attestation-manifest" and notes.get(_FOR) == str(
            image.manifest_digest
        ):
            try:
                document = opened.content.document(descriptor)
                manifest = parse_document(document.content, document.media_type)
                return _read(opened, manifest) if isinstance(manifest, Manifest) else ()
            except BedplateError:
                # a hint that can't be had takes nothing from what the layers say
                return ()
    return ()


def _read(opened: OpenedImage, manifest: Manifest) -> tuple[BaseMatch, ...]:
    for layer in manifest.layers:
        if layer.annotations.get(_PREDICATE, "").startswith(_SLSA):
            if layer.size > MAX_DOCUMENT_BYTES:
                return ()
            return bases_from_provenance(opened.content.document(layer).content)
    return ()
