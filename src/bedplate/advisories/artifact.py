"""Stores as an OCI artifact: one layer for each of them.

Source: OCI image-spec 1.1, "Guidelines for Artifact Usage".
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bedplate.advisories.packed_store import MAX_STORE, PackedStore, unpack_store
from bedplate.errors import UnsupportedMediaType
from bedplate.model.documents import parse_document
from bedplate.model.manifest import Manifest
from bedplate.model.media_types import OCI_EMPTY, OCI_MANIFEST

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from bedplate.model.descriptor import Descriptor
    from bedplate.model.digest import Digest
    from bedplate.model.reference import Reference
    from bedplate.model.store_manifest import StoreManifest
    from bedplate.registry.client import RegistryClient

ARTIFACT = "application/vnd.bedplate.advisories.v1"
LAYER = "application/vnd.bedplate.advisories.store.v1.sqlite+zstd"
_TITLE = "org.opencontainers.image.title"
_CREATED = "org.opencontainers.image.created"
_AS_OF = "org.bedplate.advisories.as-of"
_SHA256 = "org.bedplate.advisories.sha256"


def push_stores(
    stores: Sequence[PackedStore], reference: Reference, client: RegistryClient
) -> Digest:
    """Upload stores as one artifact, and give the digest of its manifest.

    Args:
        stores: at least one.
        reference: with a tag.
        client: writes.

    Raises:
        BedplateError: the registry can't be reached or refuses.
    """
    publisher = client.publisher(reference)
    config = publisher.put_blob(b"{}", OCI_EMPTY)
    layers = [
        {
            **_json(publisher.put_blob(one.content, LAYER)),
            "annotations": {
                _TITLE: one.manifest.name,
                _AS_OF: one.manifest.as_of,
                _SHA256: one.sha256,
            },
        }
        for one in stores
    ]
    manifest = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "artifactType": ARTIFACT,
        "config": _json(config),
        "layers": layers,
        "annotations": {_CREATED: max(one.manifest.built for one in stores)},
    }
    content = json.dumps(manifest, separators=(",", ":")).encode()
    return publisher.put_manifest(content, OCI_MANIFEST, reference.target)


def pull_stores(
    reference: Reference, client: RegistryClient, folder: Path, wanted: Collection[str] = ()
) -> tuple[StoreManifest, ...]:
    """Download stores; each is checked before it takes its place.

    Args:
        reference: of the artifact.
        client: reads.
        folder: where stores are.
        wanted: which; none for all.

    Raises:
        UnsupportedMediaType: something else is there.
        BedplateError: the registry can't be reached, or serves damaged content.
    """
    document = client.get_manifest(reference)
    manifest = parse_document(document.content, document.media_type)
    if not isinstance(manifest, Manifest) or manifest.artifact_type != ARTIFACT:
        raise UnsupportedMediaType(
            f"{reference.familiar} holds no advisories", "`bedplate db push` puts them there"
        )
    found: list[StoreManifest] = []
    for layer in manifest.layers:
        name = layer.annotations.get(_TITLE, "")
        if layer.media_type == LAYER and (not wanted or name in wanted):
            content = client.get_blob(reference, layer, MAX_STORE)
            found.append(unpack_store(name, content, layer.annotations.get(_SHA256, ""), folder))
    return tuple(found)


def _json(descriptor: Descriptor) -> dict[str, object]:
    return {
        "mediaType": descriptor.media_type,
        "digest": str(descriptor.digest),
        "size": descriptor.size,
    }
