"""SBOMs in files and beside images: what they tell, and what is said of bad ones."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import ImageNotFound, InvalidDocument, LimitExceeded
from bedplate.flows import attestations, attested_sbom
from bedplate.flows.inspect import inspect
from bedplate.flows.opening import open_session
from bedplate.testing.vulnerable_image import drop_layers, vulnerable_image

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts

SPDX, CYCLONEDX = "https://spdx.dev/Document", "https://cyclonedx.org/bom"
MUSL = "pkg:apk/alpine/musl@1.2.6-r2?arch=x86_64&distro=alpine-3.24.2"
BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [
        {"type": "operating-system", "name": "alpine", "version": "3.24.2"},
        {"type": "library", "name": "musl", "version": "1.2.6-r2", "purl": MUSL},
    ],
}


@pytest.fixture
def session() -> Session:
    return replace(open_session(today=dt.date(2026, 11, 27)), inventory_from="auto")


def statement(predicate: object, kind: str = CYCLONEDX) -> bytes:
    head = {"_type": "https://in-toto.io/Statement/v1", "predicateType": kind}
    return json.dumps({**head, "predicate": predicate}).encode()


def names(facts: BaseFacts) -> list[str]:
    return sorted(package.name for package in facts.packages or ())


def test_packages_come_from_the_attestation_the_rest_from_the_image(
    tmp_path: Path, session: Session
) -> None:
    name = vulnerable_image(tmp_path / "l", statements={CYCLONEDX: statement(BOM)})
    drop_layers(tmp_path / "l")
    [facts] = inspect(name, session)
    assert names(facts) == ["musl"]
    assert (facts.depth, facts.origin) == ("sbom", "oci, attestation")
    assert facts.distro is not None
    assert (facts.distro.id, facts.distro.version) == ("alpine", "3.24.2")
    assert facts.platform == "linux/amd64"
    assert facts.manifest_digest is not None
    assert facts.end_of_life


@pytest.mark.parametrize("content", [b"{not json", b"[]", statement({"no": "sbom"}), b""])
def test_an_attestation_that_can_t_be_read_leaves_it_to_the_layers(
    tmp_path: Path, session: Session, content: bytes
) -> None:
    name = vulnerable_image(tmp_path / "l", statements={SPDX: content})
    [facts] = inspect(name, session)
    assert names(facts) == ["busybox", "left-pad", "musl"]
    assert facts.depth == "layers"


def test_an_attestation_that_is_not_what_its_digest_says_is_left_out(
    tmp_path: Path, session: Session
) -> None:
    content = statement(BOM)
    name = vulnerable_image(tmp_path / "l", statements={CYCLONEDX: content})
    [blob] = [p for p in (tmp_path / "l/blobs/sha256").iterdir() if p.read_bytes() == content]
    blob.write_bytes(content.replace(b"musl", b"evil"))
    [facts] = inspect(name, session)
    assert "evil" not in names(facts)
    assert facts.depth == "layers"


def test_an_attestation_larger_than_may_be_is_not_read(
    tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attestations, "MAX_STATEMENT", 100)
    name = vulnerable_image(tmp_path / "l", statements={CYCLONEDX: statement(BOM)})
    [facts] = inspect(name, session)
    assert facts.depth == "layers"


def test_the_attestation_of_another_image_is_not_ours(tmp_path: Path, session: Session) -> None:
    name = vulnerable_image(
        tmp_path / "l",
        statements={CYCLONEDX: statement(BOM)},
        architectures=("amd64", "arm64"),
    )
    index = next(
        path
        for path in (tmp_path / "l/blobs/sha256").iterdir()
        if b'"architecture": "unknown"' in path.read_bytes()
    )
    document = json.loads(index.read_bytes())
    amd64 = document["manifests"][0]["digest"]
    assert [
        entry["annotations"]["vnd.docker.reference.digest"] == amd64
        for entry in document["manifests"]
        if "annotations" in entry
    ] == [True, False]
    rows = inspect(name, replace(session, all_platforms=True))
    assert [row.depth for row in rows] == ["sbom", "sbom"]


def test_only_the_attestation_was_asked_for_and_there_is_none(
    tmp_path: Path, session: Session
) -> None:
    asked = replace(session, inventory_from="attestation")
    with pytest.raises(ImageNotFound, match="attested"):
        inspect(vulnerable_image(tmp_path / "l"), asked)


def test_a_file_tells_packages_and_release(tmp_path: Path, session: Session) -> None:
    (tmp_path / "sbom.json").write_text(json.dumps(BOM))
    [facts] = inspect(f"sbom:{tmp_path}/sbom.json", session)
    assert names(facts) == ["musl"]
    assert (facts.depth, facts.origin, facts.layers) == ("sbom", "sbom", None)
    assert facts.distro is not None
    assert facts.distro.id == "alpine"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, ImageNotFound),
        (b"", InvalidDocument),
        (b"\x1f\x8b\x08", InvalidDocument),
        (b"[" * 100_000, InvalidDocument),
        (json.dumps(BOM).encode()[:-20], InvalidDocument),
        (b'{"hello": "world"}', InvalidDocument),
        (b" " * 2000, LimitExceeded),
    ],
)
def test_bad_files_are_told_in_a_line(
    tmp_path: Path,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes | None,
    error: type[Exception],
) -> None:
    if error is LimitExceeded:
        monkeypatch.setattr(attested_sbom, "MAX_SBOM", 1000)
    path = tmp_path / "sbom.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(error, match=r"sbom\.json") as raised:
        inspect(f"sbom:{path}", session)
    assert "\n" not in str(raised.value)
