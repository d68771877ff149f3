"""OCI image layouts on disk, for tests."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from bedplate.testing.layer_builder import pack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_OCI = "application/vnd.oci.image"
_SUFFIXES = {"gzip": "+gzip", "zstd": "+zstd", "none": ""}


class LayoutBuilder:
    """Writes an OCI image layout, image by image.

    Args:
        folder: made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries: list[dict[str, Any]] = []
        (folder / "blobs" / "sha256").mkdir(parents=True, exist_ok=True)
        (folder / "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')
        self._write_index()

    def add_image(  # noqa: PLR0913 - each is a field of the format
        self,
        layers: Sequence[bytes],
        *,
        tag: str = "",
        compression: str = "gzip",
        architecture: str = "amd64",
        config: Mapping[str, Any] | None = None,
        created_by: Sequence[str] = (),
        annotations: Mapping[str, str] | None = None,
        listed: bool = True,
    ) -> dict[str, Any]:
        """Add an image and give its descriptor.

        Args:
            layers: uncompressed tars, lowest first.
            tag: name in the layout; empty for none.
            compression: `gzip`, `zstd` or `none`.
            architecture: of its platform.
            config: the `config` member: `Env`, `Entrypoint`, `User`, ...
            created_by: one history line per layer.
            annotations: of the manifest.
            listed: False keeps it out of `index.json`, for use in an index.
        """
        document = {
            "os": "linux",
            "architecture": architecture,
            "created": "2026-01-02T03:04:05Z",
            "config": dict(config or {}),
            "rootfs": {"type": "layers", "diff_ids": [_digest(layer) for layer in layers]},
            "history": [{"created_by": line} for line in created_by],
        }
        media_type = f"{_OCI}.layer.v1.tar{_SUFFIXES[compression]}"
        manifest = {
            "schemaVersion": 2,
            "mediaType": f"{_OCI}.manifest.v1+json",
            "config": self.add_blob(_json(document), f"{_OCI}.config.v1+json"),
            "layers": [self.add_blob(pack(layer, compression), media_type) for layer in layers],
            "annotations": dict(annotations or {}),
        }
        descriptor = self.add_blob(_json(manifest), f"{_OCI}.manifest.v1+json")
        descriptor["platform"] = {"os": "linux", "architecture": architecture}
        if listed:
            self._list(descriptor, tag)
        return descriptor

    def add_index(self, manifests: Sequence[Mapping[str, Any]], tag: str = "") -> dict[str, Any]:
        """Add an index over images that were added unlisted."""
        index = {
            "schemaVersion": 2,
            "mediaType": f"{_OCI}.index.v1+json",
            "manifests": list(manifests),
        }
        descriptor = self.add_blob(_json(index), f"{_OCI}.index.v1+json")
        self._list(descriptor, tag)
        return descriptor

    def add_attestation(
        self, image: Mapping[str, Any], statements: Mapping[str, bytes]
    ) -> dict[str, Any]:
        """Add statements on an image as BuildKit does; gives the descriptor for its index.

        Args:
            image: descriptor of the image.
            statements: predicate type -> in-toto statement.
        """
        layers = []
        for predicate, statement in statements.items():
            blob = self.add_blob(statement, "application/vnd.in-toto+json")
            layers.append({**blob, "annotations": {"in-toto.io/predicate-type": predicate}})
        manifest = {
            "schemaVersion": 2,
            "mediaType": f"{_OCI}.manifest.v1+json",
            "config": self.add_blob(b"{}", f"{_OCI}.config.v1+json"),
            "layers": layers,
        }
        descriptor = self.add_blob(_json(manifest), f"{_OCI}.manifest.v1+json")
        descriptor["platform"] = {"os": "unknown", "architecture": "unknown"}
        descriptor["annotations"] = {
            "vnd.docker.reference.type": "attestation-manifest",
            "vnd.docker.reference.digest": image["digest"],
        }
        return descriptor

    def add_blob(self, content: bytes, media_type: str) -> dict[str, Any]:
        """Add any blob and give its descriptor."""
        digest = _digest(content)
        self.blob_path(digest).write_bytes(content)
        return {"mediaType": media_type, "digest": digest, "size": len(content)}

    def blob_path(self, digest: str) -> Path:
        """Tell where a blob is, to damage it."""
        return self.folder / "blobs" / "sha256" / digest.removeprefix("sha256:")

    def _list(self, descriptor: Mapping[str, Any], tag: str) -> None:
        entry = dict(descriptor)
        if tag:
            entry["annotations"] = {"org.opencontainers.image.ref.name": tag}
        self._entries.append(entry)
        self._write_index()

    def _write_index(self) -> None:
        index = {"schemaVersion": 2, "manifests": self._entries}
        (self.folder / "index.json").write_bytes(_json(index))


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document).encode()


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
