"""Bytes of a manifest, index, image configuration or layout file -> the nouns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument, UnsupportedMediaType
from bedplate.model import media_types
from bedplate.model.descriptors import read_descriptor, read_media_type, read_platform
from bedplate.model.image_config import HistoryEntry, ImageConfig
from bedplate.model.manifest import Index, Manifest
from bedplate.model.oci_json import MAX_DOCUMENT_BYTES, JsonObject, load_object

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from bedplate.model.descriptor import Descriptor

__all__ = [
    "MAX_DOCUMENT_BYTES",
    "parse_descriptor",
    "parse_document",
    "parse_image_config",
    "parse_index",
    "parse_layout",
    "parse_manifest",
]

LAYOUT_VERSION = "1.0.0"


def parse_document(content: bytes, media_type: str = "") -> Manifest | Index:
    """Read a manifest or an index, whichever it is.

    Args:
        content: the JSON, at most `MAX_DOCUMENT_BYTES`.
        media_type: as the registry or the descriptor says; parameters are ignored. The
            document's own word counts for more, but the two may not contradict each other.

    Raises:
        InvalidDocument: breaks the specification; names the field.
        UnsupportedMediaType: schema 1, or a document of another kind.
        LimitExceeded: larger than bedplate will read.
    """
    document = load_object(content, "manifest")
    said = media_type.partition(";")[0].strip().lower()
    own = document.text("mediaType")
    if _is_schema1(document, own or said):
        raise UnsupportedMediaType(
            "an image manifest of schema 1, which current tools no longer read",
            "push the image again with a current builder",
        )
    known = media_types.MANIFESTS | media_types.INDEXES
    if said in known and own in known and said != own:
        raise InvalidDocument(f"manifest: mediaType is {own}, but it was served as {said}")
    kind = own or (said if said in known else "")
    if kind in media_types.INDEXES or (not kind and "manifests" in document):
        return _index(document, kind or media_types.OCI_INDEX)
    if kind in media_types.MANIFESTS or (not kind and "config" in document):
        return _manifest(document, kind or media_types.OCI_MANIFEST)
    raise UnsupportedMediaType(
        f"a document of type {(kind or said or 'unknown')[:160]!r}, not an image manifest or index"
    )


def parse_manifest(content: bytes, media_type: str = "") -> Manifest:
    """Read an image manifest by the letter; arguments and errors are those of `parse_document`.

    Stricter than that in one point: the schema published with the image-spec asks for at
    least one layer, while builders do write images without any.
    """
    document = load_object(content, "image manifest")
    kind = _own_kind(document, media_types.MANIFESTS, media_type or media_types.OCI_MANIFEST)
    manifest = _manifest(document, kind)
    if not manifest.layers:
        raise document.refuse("layers", "must hold at least one layer")
    return manifest


def parse_index(content: bytes, media_type: str = "") -> Index:
    """Read an image index; arguments and errors are those of `parse_document`."""
    document = load_object(content, "image index")
    kind = _own_kind(document, media_types.INDEXES, media_type or media_types.OCI_INDEX)
    return _index(document, kind)


def parse_descriptor(content: bytes) -> Descriptor:
    """Read a descriptor that stands alone.

    Raises:
        InvalidDocument: breaks image-spec, descriptor.md; names the field.
    """
    return read_descriptor(load_object(content, "descriptor"))


def parse_layout(content: bytes) -> str:
    """Read the file `oci-layout`; gives its version.

    Raises:
        InvalidDocument: no layout file, or a version that is not known.

    Source: OCI image-spec, image-layout.md, "oci-layout file".
    """
    document = load_object(content, "oci-layout")
    version = document.needed("imageLayoutVersion")
    if version != LAYOUT_VERSION:
        raise document.refuse("imageLayoutVersion", f"must be {LAYOUT_VERSION}")
    return version


def parse_image_config(content: bytes) -> ImageConfig:
    """Read an image configuration.

    Raises:
        InvalidDocument: breaks image-spec, config.md; names the field.
        LimitExceeded: larger than bedplate will read.
    """
    document = load_object(content, "image configuration")
    root = document.object("rootfs")
    if root is None:
        raise document.refuse("rootfs", "is missing")
    if root.needed("type") != "layers":
        raise root.refuse("type", "must be layers")
    run = document.object("config") or JsonObject({}, "image configuration", "config")
    health = run.object("Healthcheck")
    return ImageConfig(
        platform=read_platform(document),
        diff_ids=root.digests("diff_ids"),
        created=document.text("created"),
        author=document.text("author"),
        user=run.text("User"),
        environment=_environment(run),
        entrypoint=run.texts("Entrypoint"),
        command=run.texts("Cmd"),
        working_directory=run.text("WorkingDir"),
        exposed_ports=run.keys("ExposedPorts"),
        volumes=run.keys("Volumes"),
        labels=run.pairs("Labels"),
        stop_signal=run.text("StopSignal"),
        history=tuple(_history_entry(entry) for entry in document.objects("history")),
        health_check=health.texts("Test") if health else (),
    )


def _environment(run: JsonObject) -> tuple[str, ...]:
    lines = run.texts("Env")
    for i, line in enumerate(lines):
        if line.find("=") < 1:
            raise run.refuse(f"Env[{i}]", "must be NAME=value")
    return lines


def _history_entry(entry: JsonObject) -> HistoryEntry:
    return HistoryEntry(
        created=entry.text("created"),
        created_by=entry.text("created_by"),
        author=entry.text("author"),
        comment=entry.text("comment"),
        empty_layer=entry.boolean("empty_layer"),
    )


def _is_schema1(document: JsonObject, kind: str) -> bool:
    return kind in media_types.SCHEMA1 or (
        "fsLayers" in document and document.number("schemaVersion") == 1
    )


def _own_kind(document: JsonObject, allowed: AbstractSet[str], otherwise: str) -> str:
    own = read_media_type(document, "mediaType") or otherwise
    if own not in allowed:
        raise document.refuse("mediaType", f"is {own}: another kind of document")
    return own


def _manifest(document: JsonObject, media_type: str) -> Manifest:
    _check_kind(document, "layers", "manifests")
    config = document.object("config")
    if config is None:
        raise document.refuse("config", "is missing")
    return Manifest(
        media_type=media_type,
        config=read_descriptor(config),
        layers=tuple(read_descriptor(layer) for layer in document.objects("layers")),
        annotations=document.pairs("annotations"),
        artifact_type=read_media_type(document, "artifactType"),
        subject=_subject(document),
    )


def _index(document: JsonObject, media_type: str) -> Index:
    _check_kind(document, "manifests", "layers")
    return Index(
        media_type=media_type,
        manifests=tuple(read_descriptor(entry) for entry in document.objects("manifests")),
        annotations=document.pairs("annotations"),
        artifact_type=read_media_type(document, "artifactType"),
        subject=_subject(document),
    )


def _check_kind(document: JsonObject, needed: str, foreign: str) -> None:
    """Refuse what is not of the current schema, or could be read as two kinds of document.

    Source: CVE-2021-41190, one digest that means one thing to one reader and another to the next.
    """
    if document.number("schemaVersion") != 2:
        raise document.refuse("schemaVersion", "must be 2")
    if needed not in document:
        raise document.refuse(needed, "is missing")
    if foreign in document:
        raise document.refuse(foreign, f"may not stand beside {needed}")


def _subject(document: JsonObject) -> Descriptor | None:
    subject = document.object("subject")
    return None if subject is None else read_descriptor(subject)
