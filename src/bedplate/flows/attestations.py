"""What a builder attested of an image: in-toto statements beside it in its index.

Source: BuildKit, "Image attestation storage"; in-toto statement v0.1 and v1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.flows.inspected import Statement
from bedplate.model.digest import Digest
from bedplate.model.documents import parse_document
from bedplate.model.manifest import Index, Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.images.image import Image, OpenedImage
    from bedplate.model.descriptor import Descriptor

_FOR = "vnd.docker.reference.digest"
_TYPE = "vnd.docker.reference.type"
_PREDICATE = "in-toto.io/predicate-type"
MAX_STATEMENT = 256 * 1024 * 1024


def statements(opened: OpenedImage, image: Image, predicate: str) -> Iterator[Statement]:
    """Read the statements of one kind on an image, at most one request each after the first.

    What can't be had is left out: an attestation is a shortcut or a hint, and the layers
    are there all the same.

    Args:
        opened: the index that the image was picked from.
        image: the image for one platform.
        predicate: how the predicate type begins, `https://slsa.dev/provenance/`.
    """
    for manifest in _attestation_manifests(opened, image):
        for layer in manifest.layers:
            kind = layer.annotations.get(_PREDICATE, "")
            content = read_blob(opened, layer) if kind.startswith(predicate) else None
            if content is not None:
                yield Statement(kind, content, str(layer.digest))


def _attestation_manifests(opened: OpenedImage, image: Image) -> Iterator[Manifest]:
    if not isinstance(opened.document, Index):
        return
    for descriptor in opened.document.manifests:
        notes = descriptor.annotations
        mine = notes.get(_FOR) == str(image.manifest_digest)
        if mine and notes.get(_TYPE) == "attestation-manifest":
            try:
                document = opened.content.document(descriptor)
                manifest = parse_document(document.content, document.media_type)
            except BedplateError:
                continue
            if isinstance(manifest, Manifest):
                yield manifest


def read_blob(opened: OpenedImage, layer: Descriptor) -> bytes | None:
    """Read a statement whole and verified; None when that can't be done.

    Args:
        opened: where it is.
        layer: its descriptor.
    """
    if layer.size > MAX_STATEMENT:
        return None
    content = bytearray()
    try:
        with opened.content.blob(layer) as stream:
            while len(content) <= layer.size and (piece := stream.read(1 << 20)):
                content += piece
    except BedplateError:
        return None
    found = bytes(content)
    return found if Digest.of(found, layer.digest.algorithm) == layer.digest else None
