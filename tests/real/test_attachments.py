"""SBOMs and VEX documents attached in docker-registry, by the tags that its API knows."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from rig.bedplate_command import Bedplate
from rig.registries import push

from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from pathlib import Path

    from rig.registries import Registry

pytestmark = pytest.mark.real("docker-registry", "skopeo")

_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
_INDEX = "application/vnd.oci.image.index.v1+json"
_IN_TOTO = "application/vnd.in-toto+json"
_OPENVEX = "https://openvex.dev/ns/v0.2.0"
_BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [
        {
            "type": "library",
            "name": "semver",
            "version": "7.0.0",
            "purl": "pkg:npm/semver@7.0.0",
        }
    ],
}
_VEX = {
    "@context": _OPENVEX,
    "@id": "urn:vex",
    "author": "team",
    "timestamp": "2026-01-01T00:00:00Z",
    "version": 1,
    "statements": [
        {
            "vulnerability": {"name": "CVE-2022-25883"},
            "products": [{"@id": "pkg:npm/semver@7.0.0"}],
            "status": "not_affected",
            "justification": "vulnerable_code_not_in_execute_path",
        }
    ],
}


def _attach(builder: LayoutBuilder, content: bytes, kind: str, **fields: Any) -> dict[str, Any]:
    """Add the manifest of an artifact with one layer."""
    manifest: dict[str, Any] = {
        "schemaVersion": 2,
        "mediaType": _MANIFEST,
        "config": builder.add_blob(b"{}", "application/vnd.oci.image.config.v1+json"),
        "layers": [builder.add_blob(content, kind)],
        **fields,
    }
    if kind.startswith("application/vnd.dsse"):  # as cosign does
        manifest["layers"][0]["annotations"] = {"predicateType": _OPENVEX}
    return builder.add_blob(json.dumps(manifest).encode(), _MANIFEST)


def _name(folder: Path, descriptor: dict[str, Any], tag: str) -> None:
    path = folder / "index.json"
    index = json.loads(path.read_bytes())
    entry = {**descriptor, "annotations": {"org.opencontainers.image.ref.name": tag}}
    index["manifests"].append(entry)
    path.write_text(json.dumps(index))


@pytest.fixture
def image(registry_process: Registry, tmp_path: Path) -> str:
    """Push an image with an SBOM and VEX: by the referrers tag schema, and by cosign's tags."""
    folder = tmp_path / "layout"
    builder = LayoutBuilder(folder)
    pushed = builder.add_image([layer_tar({"etc/x": b"x"})], tag="app")
    digest = pushed["digest"].removeprefix("sha256:")
    subject = {name: pushed[name] for name in ("mediaType", "digest", "size")}
    bom = "application/vnd.cyclonedx+json"
    content = json.dumps(_BOM).encode()
    sbom = _attach(builder, content, bom, artifactType=bom, subject=subject)
    _name(folder, sbom, "sbom")
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "app", "digest": {"sha256": digest}}],
        "predicateType": _OPENVEX,
        "predicate": _VEX,
    }
    payload = base64.b64encode(json.dumps(statement).encode()).decode()
    envelope = {"payloadType": _IN_TOTO, "payload": payload, "signatures": [{"sig": "AA=="}]}
    dsse = "application/vnd.dsse.envelope.v1+json"
    vex = _attach(builder, json.dumps(envelope).encode(), dsse, artifactType=dsse, subject=subject)
    _name(folder, vex, "vex")
    listed = [{**sbom, "artifactType": bom}, {**vex, "artifactType": dsse}]
    index = {"schemaVersion": 2, "mediaType": _INDEX, "manifests": listed}
    _name(folder, builder.add_blob(json.dumps(index).encode(), _INDEX), "list")
    host = registry_process.host
    for tag, name in (("app", "1"), ("sbom", "s"), ("vex", "v"), ("list", f"sha256-{digest}")):
        push(folder, tag, f"{host}/attached:{name}")
    companions = (("vex", f"sha256-{digest}.att"), ("sbom", f"sha256-{digest}.sbom"))
    for tag, name in (("app", "1"), *companions):
        push(folder, tag, f"{host}/cosigned:{name}")
    return f"{host}/attached:1"


def _scan(folder: Path, name: str, *options: str) -> dict[str, Any]:
    (scan,) = Bedplate(folder).report("scan", "--no-update", *options, name)["scans"]
    found: dict[str, Any] = scan
    return found


@pytest.mark.parametrize("repository", ["attached", "cosigned"])
def test_a_scan_takes_both_and_says_that_nobody_checked_signatures(
    image: str, registry_process: Registry, tmp_path: Path, repository: str
) -> None:
    before = len(registry_process.requests())
    scan = _scan(tmp_path, image.replace("attached", repository))
    asked = registry_process.requests()[before:]
    assert "referrer, not signed" in json.dumps(scan["image"])
    assert scan["findings"] == []
    suppressed = json.dumps(scan["suppressed"])
    assert "CVE-2022-25883" in suppressed
    assert "referrer, signature not verified" in suppressed
    blobs = [line for line in asked if line.startswith("GET") and "/blobs/" in line]
    assert len(blobs) == 3  # configuration, SBOM and VEX: no layer of the image


def test_layers_alone_ask_for_no_attachment(
    image: str, registry_process: Registry, tmp_path: Path
) -> None:
    before = len(registry_process.requests())
    Bedplate(tmp_path).run("scan", "--no-update", "--from=layers", "--no-attested-vex", image)
    asked = registry_process.requests()[before:]
    assert len(asked) == 3  # manifest, configuration, layer
