from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidDocument, LimitExceeded, UnsupportedMediaType
from bedplate.model import documents, media_types
from bedplate.model.digest import Digest
from bedplate.model.manifest import Index, Manifest
from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = b"{}"
DIGEST = str(Digest.of(CONTENT))


def descriptor(media_type: str = media_types.OCI_LAYER_GZIP, **fields: Any) -> dict[str, Any]:
    return {"mediaType": media_type, "digest": DIGEST, "size": 2, **fields}


def manifest(**fields: Any) -> dict[str, Any]:
    return {
        "schemaVersion": 2,
        "mediaType": media_types.OCI_MANIFEST,
        "config": descriptor(media_types.OCI_CONFIG),
        "layers": [descriptor(), descriptor()],
        **fields,
    }


def index(**fields: Any) -> dict[str, Any]:
    entry = descriptor(
        media_types.OCI_MANIFEST, platform={"os": "linux", "architecture": "arm64", "variant": "v8"}
    )
    return {
        "schemaVersion": 2,
        "mediaType": media_types.OCI_INDEX,
        "manifests": [entry],
        **fields,
    }


def config(**fields: Any) -> dict[str, Any]:
    root = {"type": "layers", "diff_ids": [DIGEST]}
    return {"os": "linux", "architecture": "amd64", "rootfs": root, **fields}


def dump(value: object) -> bytes:
    return json.dumps(value).encode()


def without(document: dict[str, Any], field: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != field}


def test_a_manifest_is_read() -> None:
    parsed = documents.parse_document(dump(manifest(annotations={"a": "b"})))
    assert isinstance(parsed, Manifest)
    assert parsed.config.media_type == media_types.OCI_CONFIG
    assert [layer.size for layer in parsed.layers] == [2, 2]
    assert parsed.annotations == {"a": "b"}


def test_an_index_is_read() -> None:
    parsed = documents.parse_document(dump(index()))
    assert isinstance(parsed, Index)
    assert parsed.manifests[0].platform == Platform("linux", "arm64", "v8")


def test_docker_documents_are_read_as_what_they_were_served_as() -> None:
    parsed = documents.parse_document(
        dump(without(manifest(), "mediaType")), f"{media_types.DOCKER_MANIFEST}; charset=utf-8"
    )
    assert parsed.media_type == media_types.DOCKER_MANIFEST
    listed = documents.parse_document(dump(index(mediaType=media_types.DOCKER_INDEX)))
    assert listed.media_type == media_types.DOCKER_INDEX


@pytest.mark.parametrize("served", ["", "application/json", "text/plain"])
def test_a_document_that_nobody_names_is_known_by_its_fields(served: str) -> None:
    assert isinstance(
        documents.parse_document(dump(without(manifest(), "mediaType")), served), Manifest
    )
    assert isinstance(documents.parse_document(dump(without(index(), "mediaType")), served), Index)


def test_an_artifact_is_a_manifest_with_type_and_subject() -> None:
    empty = descriptor(media_types.OCI_EMPTY, data=base64.b64encode(CONTENT).decode())
    parsed = documents.parse_manifest(
        dump(manifest(artifactType="application/x.sbom", config=empty, subject=descriptor()))
    )
    assert parsed.artifact_type == "application/x.sbom"
    assert parsed.subject is not None
    assert parsed.config.data == CONTENT


def test_an_image_without_layers_is_read_though_the_published_schema_forbids_it() -> None:
    read = documents.parse_document(dump(manifest(layers=[])))
    assert isinstance(read, Manifest)
    assert read.layers == ()
    with pytest.raises(InvalidDocument, match="at least one layer"):
        documents.parse_manifest(dump(manifest(layers=[])))


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (index(manifests=[descriptor(), {**descriptor(), "digest": "sha256:0"}]), "[1].digest"),
        (manifest(layers=[without(descriptor(), "size")]), "layers[0].size is missing"),
        (manifest(layers=[descriptor(size=True)]), "layers[0].size must be a whole number"),
        (manifest(layers=[descriptor(size=-1)]), "layers[0].size is out of range"),
        (manifest(layers=[descriptor(size=2**63)]), "layers[0].size is out of range"),
        (manifest(layers=[descriptor(size=2.5)]), "layers[0].size must be a whole number"),
        (manifest(layers={}), "layers must be a list, is an object"),
        (manifest(layers=[None]), "layers[0] must be an object, is null"),
        (manifest(layers=[descriptor("tar")]), "layers[0].mediaType is not a media type"),
        (manifest(layers=[descriptor(urls=["here"])]), "layers[0].urls[0] is not an address"),
        (manifest(layers=[descriptor(data="!")]), "layers[0].data is not base64"),
        (manifest(layers=[descriptor(data="e30K")]), "layers[0].data is not the content"),
        (manifest(annotations={"k": 1}), "annotations['k'] must be a string"),
        (manifest(schemaVersion=3), "schemaVersion must be 2"),
        (manifest(subject="x"), "subject must be an object"),
        (manifest(artifactType=""), "artifactType is not a media type"),
        (without(manifest(), "config"), "config is missing"),
        (without(manifest(), "layers"), "layers is missing"),
        (without(index(), "manifests"), "manifests is missing"),
        (index(manifests=[descriptor(platform={"os": "linux"})]), "platform.architecture is"),
        ({**index(), **manifest()}, "manifests may not stand beside layers"),
        ({**manifest(), **index()}, "layers may not stand beside manifests"),
    ],
)
def test_a_fault_is_named_with_its_field(document: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidDocument) as caught:
        documents.parse_document(dump(document))
    assert place in caught.value.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON at line 1"),
        (b"[]", "must be a JSON object, is a list"),
        (b"\xff", "not UTF-8 at byte 0"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"a": NaN}', "number that is none"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number that is none"),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InvalidDocument, match=words):
        documents.parse_document(content)


def test_what_a_registry_serves_may_not_contradict_the_document() -> None:
    with pytest.raises(InvalidDocument, match="served as"):
        documents.parse_document(dump(manifest()), media_types.OCI_INDEX)


@pytest.mark.parametrize(
    ("document", "served", "words"),
    [
        ({"schemaVersion": 1, "fsLayers": []}, "", "schema 1"),
        ({"schemaVersion": 1, "name": "x"}, media_types.DOCKER_SCHEMA1_SIGNED, "schema 1"),
        ({"schemaVersion": 2}, "", "unknown"),
        ({"mediaType": "application/x.chart"}, "", "application/x.chart"),
        ({"errors": []}, "application/x.other", "application/x.other"),
    ],
)
def test_other_kinds_of_document_are_not_supported(
    document: dict[str, Any], served: str, words: str
) -> None:
    with pytest.raises(UnsupportedMediaType, match=words):
        documents.parse_document(dump(document), served)


def test_a_manifest_is_not_taken_for_an_index() -> None:
    with pytest.raises(InvalidDocument, match="mediaType"):
        documents.parse_index(dump(manifest()))
    with pytest.raises(InvalidDocument, match="mediaType"):
        documents.parse_manifest(dump(index()))


def test_sizes_are_bounded() -> None:
    with pytest.raises(LimitExceeded, match="bytes"):
        documents.parse_document(b" " * (documents.MAX_DOCUMENT_BYTES + 1))
    with pytest.raises(LimitExceeded, match="layers has 10001 entries"):
        documents.parse_manifest(dump(manifest(layers=[{}] * 10_001)))


def test_the_layout_file_is_checked() -> None:
    assert documents.parse_layout(b'{"imageLayoutVersion": "1.0.0"}') == "1.0.0"
    for content in (b"{}", b'{"imageLayoutVersion": "2.0.0"}', b'{"imageLayoutVersion": 1}'):
        with pytest.raises(InvalidDocument, match="imageLayoutVersion"):
            documents.parse_layout(content)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
_PARSERS = (
    documents.parse_document,
    documents.parse_manifest,
    documents.parse_index,
    documents.parse_descriptor,
    documents.parse_image_config,
    documents.parse_layout,
)


def fault(parser: Callable[[bytes], object], content: bytes) -> str:
    """Give what is wrong with a document, empty when it is read; other errors come through."""
    try:
        parser(content)
    except BadInput as error:
        return error.message
    return ""


@given(st.sampled_from(_PARSERS), st.binary(max_size=60) | _VALUES.map(dump))
def test_any_bytes_are_a_document_or_bad_input(parser: Any, content: bytes) -> None:
    assert "\n" not in fault(parser, content)


@given(
    st.sampled_from([manifest(), index(), config(), descriptor()]),
    st.lists(st.integers(0, 9), max_size=5),
    _VALUES,
)
def test_a_document_with_one_value_changed_is_read_or_bad_input(
    document: dict[str, Any], path: list[int], value: Any
) -> None:
    changed = json.loads(dump(document))
    place: Any = changed
    for step in path:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = keys[step % len(keys)]
        if not isinstance(place[key], dict | list) or not place[key]:
            place[key] = value
            break
        place = place[key]
    for parser in _PARSERS:
        assert "\n" not in fault(parser, dump(changed))
