"""SBOMs and VEX documents that were attached to images."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import ImageNotFound, InvalidDocument
from bedplate.flows.in_toto import PAYLOAD, read_statement
from bedplate.flows.inspect import inspect, inspected
from bedplate.flows.opening import open_session
from bedplate.images.image_name import parse_image_name
from bedplate.images.opening import open_image
from bedplate.model.digest import Digest
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.model.descriptor import Descriptor

OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
OCI_INDEX = "application/vnd.oci.image.index.v1+json"
DSSE = "application/vnd.dsse.envelope.v1+json"
BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json"
SPDX_PREDICATE = "https://spdx.dev/Document/v2.3"
VEX_PREDICATE = "https://openvex.dev/ns/v0.2.0"
SPDX: dict[str, Any] = {
    "spdxVersion": "SPDX-2.3",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "app",
    "documentNamespace": "urn:x",
    "dataLicense": "CC0-1.0",
    "creationInfo": {"created": "2026-01-01T00:00:00Z", "creators": ["Tool: t"]},
    "packages": [
        {
            "SPDXID": "SPDXRef-1",
            "name": "left-pad",
            "versionInfo": "1.3.0",
            "downloadLocation": "NOASSERTION",
            "externalRefs": [
                {
                    "referenceCategory": "PACKAGE-MANAGER",
                    "referenceType": "purl",
                    "referenceLocator": "pkg:npm/left-pad@1.3.0",
                }
            ],
        }
    ],
}
VEX = {
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": "urn:vex",
    "author": "team",
    "timestamp": "2026-01-01T00:00:00Z",
    "version": 1,
    "statements": [
        {
            "vulnerability": {"name": "CVE-2026-1"},
            "products": [{"@id": "pkg:npm/left-pad@1.3.0"}],
            "status": "not_affected",
            "justification": "component_not_present",
        }
    ],
}


def statement(predicate: Any, kind: str, digest: Digest) -> bytes:
    document = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "app", "digest": {"sha256": digest.hex}}],
        "predicateType": kind,
        "predicate": predicate,
    }
    return json.dumps(document).encode()


def envelope(content: bytes) -> dict[str, Any]:
    payload = base64.b64encode(content).decode()
    return {"payloadType": PAYLOAD, "payload": payload, "signatures": [{"sig": "AA=="}]}


def bundle(content: bytes) -> bytes:
    return json.dumps({"mediaType": BUNDLE, "dsseEnvelope": envelope(content)}).encode()


class Place:
    """An image in a registry, and what is attached to it."""

    def __init__(self, registry: MemoryRegistry) -> None:
        self.registry = registry
        self.image = registry.add_image("app", "1", [layer_tar({"etc/x": b"x"})])
        self.name = f"{registry.host}/app:1"
        self.notices: list[str] = []
        self.session = replace(open_session(), notify=self.notices.append)

    def attach(
        self,
        content: bytes,
        media_type: str,
        *,
        artifact_type: str = "",
        tag: str = "",
        annotations: dict[str, str] | None = None,
        subject: Descriptor | None = None,
    ) -> Descriptor:
        blob = self.registry.add_blob(content, media_type)
        about = subject or self.image
        manifest: dict[str, Any] = {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": as_json(self.registry.add_blob(b"{}", "application/vnd.oci.empty.v1+json")),
            "layers": [as_json(blob) | {"annotations": annotations or {}}],
        }
        if not tag:
            manifest["artifactType"] = artifact_type or media_type
            manifest["subject"] = as_json(about)
            manifest["annotations"] = annotations or {}
        return self.registry.add_manifest("app", manifest, tag)

    def packages(self, source: str = "attestation") -> list[str]:
        session = replace(self.session, inventory_from=source)
        [facts] = inspect(self.name, session)
        assert facts.origin.endswith("attestation")
        return [package.name for package in facts.packages or ()]

    def vex(self) -> list[tuple[str, str]]:
        [found] = inspected(self.name, self.session, vex=True)
        return [(one.predicate_type, one.via) for one in found.vex]


def as_json(descriptor: Descriptor) -> dict[str, Any]:
    return {
        "mediaType": descriptor.media_type,
        "digest": str(descriptor.digest),
        "size": descriptor.size,
    }


@pytest.fixture
def place() -> Iterator[Place]:
    with MemoryRegistry() as registry:
        place = Place(registry)
        yield place
        place.session.access.registry().close()


def test_a_bare_sbom(place: Place) -> None:
    place.attach(json.dumps(SPDX).encode(), "application/spdx+json")
    assert place.packages() == ["left-pad"]
    [facts] = inspect(place.name, replace(place.session, inventory_from="auto"))
    assert "referrer, not signed" in facts.origin


@pytest.mark.parametrize("wrapping", ["statement", "envelope", "bundle"])
def test_an_attested_sbom_whose_signature_nobody_checked(place: Place, wrapping: str) -> None:
    content = statement(SPDX, SPDX_PREDICATE, place.image.digest)
    if wrapping == "statement":
        place.attach(content, PAYLOAD)
    elif wrapping == "envelope":
        place.attach(json.dumps(envelope(content)).encode(), DSSE)
    else:
        notes = {"dev.sigstore.bundle.predicateType": SPDX_PREDICATE}
        place.attach(bundle(content), BUNDLE, annotations=notes)
    assert place.packages() == ["left-pad"]
    [facts] = inspect(place.name, replace(place.session, inventory_from="attestation"))
    word = "not signed" if wrapping == "statement" else "signature not verified"
    assert f"referrer, {word}" in facts.origin


def test_vex_of_the_image_and_of_its_index(place: Place) -> None:
    place.attach(bundle(statement(VEX, VEX_PREDICATE, place.image.digest)), BUNDLE)
    index = place.registry.add_index("app", "many", {"linux/amd64": place.image})
    place.attach(statement(VEX, VEX_PREDICATE, index.digest), PAYLOAD, subject=index)
    assert place.vex() == [(VEX_PREDICATE, "referrer, signature not verified")]
    place.name = place.name.replace(":1", ":many")
    assert len(place.vex()) == 2


def test_a_statement_about_another_image_is_left_out(place: Place) -> None:
    other = Digest.of(b"another")
    place.attach(bundle(statement(SPDX, SPDX_PREDICATE, other)), BUNDLE)
    place.attach(statement(VEX, VEX_PREDICATE, other), PAYLOAD)
    with pytest.raises(ImageNotFound, match="nobody attested an SBOM"):
        place.packages()
    assert place.vex() == []


@pytest.mark.parametrize("suffix", ["att", "sbom"])
def test_the_tags_of_cosign(place: Place, suffix: str) -> None:
    tag = f"sha256-{place.image.digest.hex}.{suffix}"
    content, kind = json.dumps(SPDX).encode(), "text/spdx+json"
    if suffix == "att":
        wrapped = envelope(statement(SPDX, SPDX_PREDICATE, place.image.digest))
        content, kind = json.dumps(wrapped).encode(), DSSE
    place.attach(content, kind, tag=tag, annotations={"predicateType": SPDX_PREDICATE})
    assert place.packages() == ["left-pad"]


def test_the_tag_schema_where_there_is_no_api(place: Place) -> None:
    found = place.attach(json.dumps(SPDX).encode(), "application/spdx+json")
    place.registry.faults.no_referrers = True
    entry = {**as_json(found), "artifactType": "application/spdx+json"}
    index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry]}
    place.registry.add_manifest("app", index, f"sha256-{place.image.digest.hex}", OCI_INDEX)
    assert place.packages() == ["left-pad"]


def test_the_layers_alone_cost_no_request_more(place: Place) -> None:
    inspect(place.name, place.session)
    assert not any("/referrers/" in path for path in place.registry.paths())


def test_one_request_lists_for_sbom_and_vex_and_what_does_not_fit_is_not_fetched(
    place: Place,
) -> None:
    place.attach(json.dumps(SPDX).encode(), "application/spdx+json")
    signature = place.attach(b"{}", "x/y", artifact_type="application/vnd.cncf.notary.signature")
    provenance = place.attach(
        b"{}",
        BUNDLE,
        annotations={"dev.sigstore.bundle.predicateType": "https://slsa.dev/provenance/v1"},
    )
    inspected(place.name, replace(place.session, inventory_from="attestation"), vex=True)
    paths = place.registry.paths()
    assert sum("/referrers/" in path for path in paths) == 1
    assert not any(str(one.digest) in path for one in (signature, provenance) for path in paths)


def test_a_list_that_can_not_be_had_is_said(place: Place) -> None:
    place.session.access.registry().get_manifest  # noqa: B018 - the client is made now
    session = replace(place.session, inventory_from="auto")
    real = type(place.registry).note

    def note(registry: MemoryRegistry, method: str, path: str, *more: Any) -> None:
        real(registry, method, path, *more)
        registry.faults.refuse_with = [403] if "/referrers/" in path else []

    place.registry.note = note.__get__(place.registry)  # type: ignore[method-assign]
    [facts] = inspect(place.name, session)
    assert facts.packages == ()
    assert any("can't be listed" in line for line in place.notices)


def test_damaged_attachments_take_nothing_away(place: Place) -> None:
    for content in (b"{", b"[]", b'{"payloadType":"application/vnd.in-toto+json","payload":"%"}'):
        place.attach(content, DSSE)
    place.attach(b"{}", "application/spdx+json")
    [facts] = inspect(place.name, replace(place.session, inventory_from="auto"))
    assert facts.depth == "layers"
    assert place.vex() == []


# -- layouts ---------------------------------------------------------------------------


def test_in_a_layout_by_subject(tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path)
    image = builder.add_image([layer_tar({"etc/x": b"x"})])
    manifest = {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "artifactType": "application/spdx+json",
        "config": builder.add_blob(b"{}", "application/vnd.oci.empty.v1+json"),
        "layers": [builder.add_blob(json.dumps(SPDX).encode(), "application/spdx+json")],
        "subject": {k: image[k] for k in ("mediaType", "digest", "size")},
    }
    entry = builder.add_blob(json.dumps(manifest).encode(), OCI_MANIFEST)
    index = json.loads((tmp_path / "index.json").read_bytes())
    index["manifests"].append({**entry, "artifactType": "application/spdx+json"})
    (tmp_path / "index.json").write_text(json.dumps(index))
    session: Session = replace(open_session(), inventory_from="attestation")
    [facts] = inspect(f"oci:{tmp_path}", session)
    assert [package.name for package in facts.packages or ()] == ["left-pad"]
    with open_image(parse_image_name(f"oci:{tmp_path}"), session.access) as opened:
        content = opened.content
        assert content is not None
        assert content.referrers(Digest.of(b"other")) == ()


# -- envelopes -------------------------------------------------------------------------


def test_an_envelope_is_taken_off() -> None:
    digest = Digest.of(b"x")
    content = statement(VEX, VEX_PREDICATE, digest)
    for wrapped, signed in ((content, False), (bundle(content), True)):
        found = read_statement(wrapped)
        assert (found.content, found.signed) == (content, signed)
        assert found.is_about(digest)
        assert not found.is_about(Digest.of(b"y"))


def test_envelopes_in_envelopes_end() -> None:
    content = b"{}"
    for _ in range(9):
        content = json.dumps(envelope(content)).encode()
    with pytest.raises(InvalidDocument):
        read_statement(content)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_statement_or_refused(content: bytes) -> None:
    with pytest.raises(InvalidDocument):
        read_statement(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@given(subject=JSON, payload=JSON)
def test_any_json_in_the_fields(subject: Any, payload: Any) -> None:
    document = {"predicateType": VEX_PREDICATE, "subject": subject}
    assert read_statement(json.dumps(document).encode()).predicate_type == VEX_PREDICATE
    with pytest.raises(InvalidDocument):
        read_statement(json.dumps({"payloadType": PAYLOAD, "payload": payload}).encode())
