"""The manifest of a store as JSON, and back."""

from __future__ import annotations

import msgspec

from bedplate.model.store_manifest import StoreManifest

_DECODER = msgspec.json.Decoder(StoreManifest)


def encode_manifest(manifest: StoreManifest) -> bytes:
    """Write a manifest, its fields in the order of the model."""
    return msgspec.json.encode(manifest)


def decode_manifest(content: bytes) -> StoreManifest:
    """Read a manifest.

    Raises:
        msgspec.MsgspecError: not one.
    """
    return _DECODER.decode(content)
