"""Content kept in the OCI image layout, whatever holds its files.

Source: OCI image-spec, image-layout.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Protocol

from bedplate.errors import (
    BedplateError,
    CorruptImage,
    DigestMismatch,
    ImageNotFound,
    InvalidDocument,
)
from bedplate.model.digest import Digest
from bedplate.model.document import Document
from bedplate.model.documents import MAX_DOCUMENT_BYTES, parse_document, parse_index, parse_layout
from bedplate.model.manifest import Index, Manifest
from bedplate.model.media_types import OCI_INDEX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.descriptor import Descriptor

REF_NAME = "org.opencontainers.image.ref.name"
COSIGN_SUFFIXES = (".att", ".sbom")  # cosign, specs/ATTESTATION_SPEC.md and SBOM_SPEC.md
MAX_LOOKED_INTO = 500  # entries of a layout, each read whole
# distribution-spec, "Referrers Tag Schema", and the tags of cosign: names of what is no image
_COMPANION = re.compile(r"(?:.*:)?sha(?:256|512)-[0-9a-f]{64,128}(?:\.[a-z]{2,8})?")


class Files(Protocol):
    """A folder or archive of named files."""

    def open(self, path: str) -> IO[bytes]:
        """Open a file for reading.

        Raises:
            FileNotFoundError: there is none.
        """
        ...

    def close(self) -> None:
        """Let go of what is open."""
        ...


class OciStore:
    """An opened OCI image layout; implements `Content`.

    Args:
        files: where `index.json` and `blobs/` are.
        name: how the user named it.
        place: the path, for reports.
        tag: `org.opencontainers.image.ref.name` of the image wanted; empty: the only one.
    """

    synthetic = False

    def __init__(self, files: Files, name: str, place: str, tag: str = "") -> None:
        self.name = name
        self.place = place
        self._files = files
        self._tag = tag

    def root(self) -> Document:
        """Give the manifest or index of the tag."""
        parse_layout(self._small("oci-layout"))
        content = self._small("index.json")
        try:
            index = parse_index(content)
        except InvalidDocument as error:
            raise InvalidDocument(f"{self.name}: index.json: {error.message}") from error
        chosen = self._choose(index)
        if chosen is None:
            return Document(content, OCI_INDEX, Digest.of(content))
        return self.document(chosen)

    def _choose(self, index: Index) -> Descriptor | None:
        """Pick by tag; None means index.json itself is the image, one entry per platform."""
        entries = index.manifests
        names = [entry.annotations.get(REF_NAME, "") for entry in entries]
        if self._tag:
            for entry, name in zip(entries, names, strict=True):
                if name in (self._tag, self.name) or name.rpartition(":")[2] == self._tag:
                    return entry
            raise ImageNotFound(f"{self.name}: no image named {self._tag!r}", _there_are(names))
        if images := [entry for entry in entries if not _is_companion(entry)]:
            entries = tuple(images)  # what is attached to an image is no second image
            names = [entry.annotations.get(REF_NAME, "") for entry in entries]
        if not entries:
            raise ImageNotFound(f"{self.name}: the layout holds no image")
        if len(entries) == 1:
            return entries[0]
        if all(entry.platform for entry in entries) and len(set(names)) == 1:
            return None
        raise ImageNotFound(f"{self.name}: {len(entries)} images, which one?", _there_are(names))

    def document(self, descriptor: Descriptor) -> Document:
        """Give a manifest, index or config, verified."""
        content = self._small(_blob_path(descriptor.digest))
        if Digest.of(content, descriptor.digest.algorithm) != descriptor.digest:
            raise DigestMismatch(f"{self.name}: the bytes are not those of {descriptor.digest}")
        return Document(content, descriptor.media_type, descriptor.digest)

    def blob(self, descriptor: Descriptor) -> IO[bytes]:
        """Open a layer."""
        return self._open(_blob_path(descriptor.digest))

    def referrers(self, digest: Digest) -> Sequence[Descriptor]:
        """List what `index.json` holds about a manifest: by subject, or by the tags for it."""
        tag = f"{digest.algorithm}-{digest.hex}"
        companions = {f"{tag}{suffix}" for suffix in COSIGN_SUFFIXES}
        found: list[Descriptor] = []
        for entry in parse_index(self._small("index.json")).manifests[:MAX_LOOKED_INTO]:
            name = entry.annotations.get(REF_NAME, "").rpartition(":")[2]
            if name in companions:
                found.append(entry)
            elif entry.digest != digest:
                found += self._about(entry, digest, listed=name == tag)
        return tuple({one.digest: one for one in found}.values())

    def _about(self, entry: Descriptor, digest: Digest, *, listed: bool) -> Iterator[Descriptor]:
        """Give an entry that names a manifest as its subject, or what the index under its tag has.

        Source: distribution-spec, "Referrers Tag Schema".
        """
        try:
            document = self.document(entry)
            parsed = parse_document(document.content, document.media_type)
        except BedplateError:
            return  # another image of the layout, which nobody asked about
        if listed and isinstance(parsed, Index):
            yield from parsed.manifests
        elif parsed.subject is not None and parsed.subject.digest == digest:
            config = parsed.config.media_type if isinstance(parsed, Manifest) else ""
            kind = entry.artifact_type or parsed.artifact_type or config
            notes = {**parsed.annotations, **entry.annotations}
            yield replace(entry, artifact_type=kind, annotations=notes)

    def close(self) -> None:
        """Let go of what is open."""
        self._files.close()

    def _open(self, path: str) -> IO[bytes]:
        try:
            return self._files.open(path)
        except OSError as error:
            raise CorruptImage(
                f"{self.name}: {path} can't be read: {error.strerror or 'there is none'}",
                "the layout is incomplete: copy the image again",
            ) from error

    def _small(self, path: str) -> bytes:
        with self._open(path) as file:
            content = file.read(MAX_DOCUMENT_BYTES + 1)
        if len(content) > MAX_DOCUMENT_BYTES:
            raise InvalidDocument(f"{self.name}: {path} is larger than any manifest may be")
        return content


def looks_like_layout(files: Files) -> bool:
    """Tell whether files hold an OCI layout with an index."""
    try:
        with files.open("oci-layout") as layout, files.open("index.json"):
            return "imageLayoutVersion" in json.loads(layout.read(4096))
    except (OSError, ValueError, TypeError):
        return False


def _is_companion(entry: Descriptor) -> bool:
    """Tell whether an entry is attached to an image, and is none itself."""
    name = entry.annotations.get(REF_NAME, "")
    return bool(entry.artifact_type and not name) or _COMPANION.fullmatch(name) is not None


def _blob_path(digest: Digest) -> str:
    return f"blobs/{digest.algorithm}/{digest.hex}"


def _there_are(names: list[str]) -> str:
    known = sorted({name for name in names if name})[:10]
    return f"there are: {', '.join(known)}" if known else "its images have no names"
