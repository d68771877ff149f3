"""Content of `docker save` archives.

Source: moby image-spec v1.2, "Combined Image JSON + Filesystem Changeset Format".
"""

from __future__ import annotations

import hashlib
import json
from typing import IO, TYPE_CHECKING, Any

from bedplate.errors import CorruptImage, ImageNotFound, InvalidDocument
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.document import Document
from bedplate.model.documents import MAX_DOCUMENT_BYTES, parse_image_config
from bedplate.model.media_types import DOCKER_CONFIG, DOCKER_LAYER, DOCKER_MANIFEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.images.archive_files import ArchiveFiles

_CHUNK = 1024 * 1024
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")


class DockerArchiveContent:
    """One image of a docker archive; implements `Content` with a manifest made up by us.

    Args:
        files: the archive.
        name: how the user named it.
        place: the path, for reports.
        wanted: `name:tag` of the image, for archives that hold several; may be empty.

    Raises:
        ImageNotFound: no such image in the archive.
        CorruptImage: not a docker archive.
    """

    synthetic = True

    def __init__(self, files: ArchiveFiles, name: str, place: str, wanted: str = "") -> None:
        self.name = name
        self.place = place
        self._files = files
        entry = self._choose(self._json("manifest.json"), wanted)
        self._config = self._small(str(entry["Config"]))
        config = parse_image_config(self._config)
        members = [str(member) for member in entry["Layers"]]
        if len(members) != len(config.diff_ids):
            raise CorruptImage(
                f"{name}: {len(members)} layers, but {len(config.diff_ids)} in its config"
            )
        self._members: dict[Digest, str] = {}
        self._layers = [
            self._layer(member, diff_id)
            for member, diff_id in zip(members, config.diff_ids, strict=True)
        ]

    def _choose(self, entries: Any, wanted: str) -> dict[str, Any]:
        if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
            raise CorruptImage(f"{self.name}: manifest.json is not that of a docker archive")
        names = [str(tag) for entry in entries for tag in entry.get("RepoTags") or ()]
        for entry in entries:
            if wanted and wanted in (entry.get("RepoTags") or ()):
                return dict(entry)
        there = f"there are: {', '.join(names[:10])}"
        if wanted:
            raise ImageNotFound(f"{self.name}: no image named {wanted!r}", there)
        if len(entries) != 1:
            raise ImageNotFound(f"{self.name}: {len(entries)} images, which one?", there)
        return dict(entries[0])

    def _layer(self, member: str, diff_id: Digest) -> Descriptor:
        digest, size = diff_id, self._files.size(member)
        with self._open(member) as file:
            if file.read(4).startswith(_PACKED):
                digest = self._hash(member)
        self._members[digest] = member
        return Descriptor(DOCKER_LAYER, digest, size)

    def _hash(self, member: str) -> Digest:
        digest = hashlib.sha256()
        with self._open(member) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return Digest("sha256", digest.hexdigest())

    def root(self) -> Document:
        """Give a manifest made from the archive's own list."""
        config = Digest.of(self._config)
        manifest = {
            "schemaVersion": 2,
            "mediaType": DOCKER_MANIFEST,
            "config": _plain(Descriptor(DOCKER_CONFIG, config, len(self._config))),
            "layers": [_plain(layer) for layer in self._layers],
        }
        content = json.dumps(manifest).encode()
        return Document(content, DOCKER_MANIFEST, Digest.of(content))

    def document(self, descriptor: Descriptor) -> Document:
        """Give the config, the only document there is."""
        return Document(self._config, DOCKER_CONFIG, descriptor.digest)

    def blob(self, descriptor: Descriptor) -> IO[bytes]:
        """Open a layer."""
        return self._open(self._members[descriptor.digest])

    def referrers(self, digest: Digest) -> Sequence[Descriptor]:  # noqa: ARG002 - the contract's
        """List nothing: such archives hold images alone."""
        return ()

    def close(self) -> None:
        """Let go of the archive."""
        self._files.close()

    def _open(self, path: str) -> IO[bytes]:
        try:
            return self._files.open(path)
        except OSError as error:
            raise CorruptImage(f"{self.name}: {path} is not in the archive") from error

    def _small(self, path: str) -> bytes:
        with self._open(path) as file:
            content = file.read(MAX_DOCUMENT_BYTES + 1)
        if len(content) > MAX_DOCUMENT_BYTES:
            raise InvalidDocument(f"{self.name}: {path} is larger than any config may be")
        return content

    def _json(self, path: str) -> Any:
        try:
            return json.loads(self._small(path))
        except (ValueError, RecursionError) as error:
            raise CorruptImage(f"{self.name}: {path} is not JSON: {error}") from error


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("Config"), str)
        and isinstance(entry.get("Layers"), list)
        and isinstance(entry.get("RepoTags") or [], list)
    )


def _plain(descriptor: Descriptor) -> dict[str, object]:
    return {
        "mediaType": descriptor.media_type,
        "size": descriptor.size,
        "digest": str(descriptor.digest),
    }
