"""What a manifest holds when it is no image: signatures, attestations, charts, ..."""

from __future__ import annotations

import re

from bedplate.model.manifest import Index, Manifest, platforms_of
from bedplate.model.media_types import IMAGE_CONFIGS, OCI_EMPTY

# Layers that cosign and BuildKit put into manifests with the config of an image.
_LAYERS = {
    "application/vnd.dev.cosign.simplesigning.v1+json": "a signature",
    "application/vnd.dsse.envelope.v1+json": "an attestation",
    "application/vnd.in-toto+json": "an attestation",
    "application/spdx+json": "a bill of materials",
    "application/vnd.cyclonedx+json": "a bill of materials",
}
# sigstore/cosign, specs/SIGNATURE_SPEC.md: where signatures of a manifest live.
_COSIGN_TAG = re.compile(r"sha(?:256-[0-9a-f]{64}|512-[0-9a-f]{128})\.(sig|att|sbom)")
_COSIGN_WORDS = {"sig": "a signature", "att": "an attestation", "sbom": "a bill of materials"}


def artifact_kind(document: Manifest | Index) -> str:
    """Say what a manifest is when it is no image, empty when it is one.

    Source: OCI image-spec, manifest.md, "Guidelines for Artifact Usage"; BuildKit,
    docs/attestations/attestation-storage.md; sigstore/cosign, specs/SIGNATURE_SPEC.md.
    """
    if isinstance(document, Index):
        if document.artifact_type:
            return _typed(document.artifact_type)
        unnamed = any(entry.platform is None for entry in document.manifests)
        empty = not document.manifests or unnamed or platforms_of(document)
        return "" if empty else "an index of attestations alone"
    kinds = {layer.media_type for layer in document.layers}
    known = [word for kind, word in _LAYERS.items() if kind in kinds]
    if known and kinds <= _LAYERS.keys():
        return known[0]
    if document.artifact_type:
        return _typed(document.artifact_type)
    config = document.config.media_type
    if config in IMAGE_CONFIGS:
        return ""
    return "an artifact without a type" if config == OCI_EMPTY else _typed(config)


def _typed(media_type: str) -> str:
    return f"an artifact of type {media_type}"


def artifact_tag(tag: str) -> str:
    """Say what a tag of cosign's scheme names, empty when it is another tag."""
    match = _COSIGN_TAG.fullmatch(tag)
    return _COSIGN_WORDS[match[1]] if match else ""
