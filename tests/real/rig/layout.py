"""OCI layouts by hand, for what builders refuse to write: raw layers with odd tars."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_NAME = "org.opencontainers.image.ref.name"


@dataclass(frozen=True, slots=True)
class Layout:
    """An OCI image layout in a folder."""

    folder: Path

    def blob(self, digest: str) -> Path:
        """Give the path of a blob."""
        return self.folder / "blobs" / digest.replace(":", "/")

    def manifest(self, tag: str) -> dict[str, Any]:
        """Give the manifest that a name stands for."""
        for descriptor in self._index()["manifests"]:
            if descriptor.get("annotations", {}).get(_NAME) == tag:
                return self.json(descriptor["digest"])
        raise KeyError(tag)

    def json(self, digest: str) -> dict[str, Any]:
        """Decode a blob."""
        content: dict[str, Any] = json.loads(self.blob(digest).read_bytes())
        return content

    def append(self, source: str, tag: str, tar: bytes) -> None:
        """Name a copy of `source` with one more layer `tag`; the tar is kept byte for byte."""
        manifest = self.manifest(source)
        config = self.json(manifest["config"]["digest"])
        config["rootfs"]["diff_ids"].append(_digest(tar))
        config["history"].append({"created_by": "rig: raw layer"})
        manifest["config"] |= self._store(json.dumps(config).encode())
        layer = self._store(gzip.compress(tar, 6, mtime=0))
        media_type = "application/vnd.oci.image.layer.v1.tar+gzip"
        manifest["layers"].append({"mediaType": media_type, **layer})
        stored = self._store(json.dumps(manifest).encode())
        index = self._index()
        media_type = "application/vnd.oci.image.manifest.v1+json"
        named = {"mediaType": media_type, **stored, "annotations": {_NAME: tag}}
        index["manifests"].append(named)
        (self.folder / "index.json").write_text(json.dumps(index), encoding="utf-8")

    def _index(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.folder / "index.json").read_bytes())
        return content

    def _store(self, content: bytes) -> dict[str, Any]:
        digest = _digest(content)
        self.blob(digest).write_bytes(content)
        return {"digest": digest, "size": len(content)}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
