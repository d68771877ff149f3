"""Local copies of feeds in every packing become stores."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from bedplate.advisories import documents
from bedplate.advisories.build import BuildOptions, Built, build_stores
from bedplate.advisories.store import open_store
from bedplate.advisories.stores import open_stores
from bedplate.errors import ImageNotFound, InvalidDocument, LimitExceeded
from bedplate.model.advisory import Status

if TYPE_CHECKING:
    from pathlib import Path

EPSS = b"#model_version:v1,score_date:2026-11-02T00:00:00Z\nCVE-2026-1000,0.5,0.9\n"
OPTIONS = BuildOptions(built="2026-11-27T10:00:00Z")


def osv(
    identity: str = "GHSA-1", ecosystem: str = "npm", name: str = "tar", **fields: Any
) -> bytes:
    events = [{"introduced": "0"}, {"fixed": fields.pop("fixed", "7.5.2")}]
    document = {
        "id": identity,
        "modified": "2026-10-01T00:00:00Z",
        "affected": [
            {
                "package": {"ecosystem": ecosystem, "name": name},
                "ranges": [{"type": "SEMVER", "events": events}],
            }
        ],
        **fields,
    }
    return json.dumps(document).encode()


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(content: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("dir/a.json")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return file.getvalue()


def build(tmp_path: Path, files: dict[str, bytes], options: BuildOptions = OPTIONS) -> Built:
    source = tmp_path / "source"
    for name, content in files.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return build_stores([source], tmp_path / "stores", options)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", osv()),
        ("a.jsonl", osv() + b"\n" + osv("MAL-1")),
        ("a.jsonl.gz", gzip.compress(osv() + b"\n")),
        ("a.json.zst", zstandard.compress(osv())),
        ("a.json.xz", lzma.compress(osv())),
        ("all.zip", zipped(a=osv(), b=osv("GHSA-2", withdrawn="2026-01-01T00:00:00Z"))),
        ("a.tar", tarred(osv())),
        ("a.tar.gz", gzip.compress(tarred(osv()))),
        ("a.tar.zst", zstandard.compress(tarred(osv()))),
        ("folder/below/a.json", osv()),
    ],
)
def test_every_packing(tmp_path: Path, name: str, content: bytes) -> None:
    built = build(tmp_path, {name: content})
    assert [(m.name, m.advisories, m.as_of) for m in built.manifests] == [("npm", 1, "2026-10-01")]
    (source,) = built.manifests[0].sources
    assert source.url == name.partition("/")[0]
    assert (source.records, source.skipped, len(source.sha256)) == (1, 0, 64)


def test_feeds_are_parted_by_release_and_enrichment(tmp_path: Path) -> None:
    vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    severity = [{"type": "CVSS_V3", "score": vector}]
    kev = {"catalogVersion": "1", "vulnerabilities": []}
    kev["vulnerabilities"] = [{"cveID": "CVE-2026-1000", "dateAdded": "2026-02-03"}]
    built = build(
        tmp_path,
        {
            "a.json": osv("DEBIAN-CVE-2026-1000", "Debian:12", upstream=["CVE-2026-1000"]),
            "b.json": osv("ALPINE-CVE-2026-1000", "Alpine:v3.22", fixed="1-r0"),
            "c.json": osv(aliases=["CVE-2026-1000"], severity=severity),
            "kev.json": json.dumps(kev).encode(),
            "epss.csv": EPSS,
        },
    )
    names = [manifest.name for manifest in built.manifests]
    assert names == ["alpine-3.22", "debian-12", "epss", "kev", "npm", "ratings"]
    stores = open_stores(tmp_path / "stores", embedded=False)
    asked = ["CVE-2026-1000"]
    ratings, epss, kevs = (stores.named(name) for name in ("ratings", "epss", "kev"))
    assert ratings
    assert epss
    assert kevs
    assert [rating.source for rating in ratings.ratings(asked)["CVE-2026-1000"]] == ["ghsa"]
    assert epss.epss(asked) == {"CVE-2026-1000": (0.5, 0.9)}
    assert epss.manifest.as_of == "2026-11-02"
    assert kevs.kev(asked) == {"CVE-2026-1000": "2026-02-03"}
    stores.close()


def test_the_same_copies_give_the_same_stores(tmp_path: Path) -> None:
    files = {f"{number}.json": osv(f"GHSA-{number}", fixed=f"{number}.0.0") for number in range(9)}
    build(tmp_path, files)
    first = (tmp_path / "stores/npm.sqlite").read_bytes()
    build(tmp_path, files)
    assert (tmp_path / "stores/npm.sqlite").read_bytes() == first


def test_what_is_open_in_the_tracker_and_closed_by_an_erratum_is_closed(tmp_path: Path) -> None:
    entries = {
        cve: {"releases": {"bookworm": {"status": "open", "repositories": {}}}}
        for cve in ("CVE-2026-1000", "CVE-2026-2000")
    }
    errata = [
        osv(f"DSA-6000-{number}", "Debian:12", "curl", fixed=fixed, upstream=["CVE-2026-1000"])
        for number, fixed in ((1, "7.88-1"), (2, "7.88-2"))
    ]
    build(
        tmp_path,
        {
            "tracker.json": json.dumps({"curl": entries}).encode(),
            "dsa.jsonl": b"\n".join(errata),
        },
    )
    store = open_store(tmp_path / "stores/debian-12.sqlite")
    rows = store.rows("deb:debian:12", ["curl"])["curl"]
    said = [(store.advisories([row.advisory])[row.advisory].id, row.until) for row in rows]
    assert said == [
        ("DEBIAN-CVE-2026-2000", ""),
        ("DSA-6000-2", "7.88-2"),
        ("DSA-6000-1", "7.88-1"),
    ]
    store.close()


def test_not_affected_stays_beside_a_fix(tmp_path: Path) -> None:
    secdb = {
        "distroversion": "v3.22",
        "packages": [
            {"pkg": {"name": "a", "secfixes": {"0": ["CVE-2026-1000"], "2-r0": ["CVE-2026-1000"]}}}
        ],
    }
    build(tmp_path, {"main.json": json.dumps(secdb).encode()})
    store = open_store(tmp_path / "stores/alpine-3.22.sqlite")
    rows = store.rows("apk:alpine:3.22", ["a"])["a"]
    assert [row.status for row in rows] == [Status.NOT_AFFECTED, Status.FIXED]
    store.close()


def test_broken_records_are_counted_and_told(tmp_path: Path) -> None:
    built = build(tmp_path, {"all.jsonl": osv() + b"\n{\n" + osv("MAL-1") + b"\n" + osv("ALBA-1")})
    (source,) = built.manifests[0].sources
    assert (source.records, source.skipped) == (1, 1)
    assert dict(source.left_out) == {
        "malicious packages": 1,
        "updates without a vulnerability": 1,
    }
    assert [item.what for item in built.skipped] == ["all.jsonl:2"]


def test_a_date_that_is_still_to_come_does_not_count(tmp_path: Path) -> None:
    built = build(tmp_path, {"a.json": osv(modified="9999-12-31T00:00:00Z")})
    assert built.manifests[0].as_of == "2026-11-27"


def test_a_store_that_would_shrink_by_a_fifth_stays(tmp_path: Path) -> None:
    many = b"\n".join(osv(f"GHSA-{number}") for number in range(100))
    few = b"\n".join(osv(f"GHSA-{number}") for number in range(79))
    build(tmp_path, {"a.jsonl": many})
    with pytest.raises(InvalidDocument, match="shrink from 100 to 79"):
        build(tmp_path, {"a.jsonl": few})
    forced = BuildOptions(built=OPTIONS.built, force=True)
    assert build(tmp_path, {"a.jsonl": few}, forced).manifests[0].advisories == 79


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("all.zip", zipped(a=osv())[:-30]),
        ("a.json.gz", gzip.compress(osv())[:-12]),
        ("a.json.zst", zstandard.compress(osv())[:-4]),
        ("a.json.xz", lzma.compress(osv())[:-20]),
        ("a.tar", tarred(osv())[:700]),
        ("a.txt", b"hello"),
        ("a.json", b""),
        ("a.json", b"<html>down for maintenance</html>"),
    ],
)
def test_what_is_cut_off_or_of_the_wrong_kind_is_told(
    tmp_path: Path, name: str, content: bytes
) -> None:
    with pytest.raises(InvalidDocument, match=name):
        build(tmp_path, {name: content})
    assert not (tmp_path / "stores").exists()


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "RATIO_FROM", 1024 * 1024)
    for name, content in {
        "a.json.gz": gzip.compress(bytes(20_000_000)),
        "all.zip": zipped(a=bytes(20_000_000)),
    }.items():
        with pytest.raises(LimitExceeded, match="more than bedplate will read"):
            build(tmp_path / name, {name: content})


def test_bounds_on_documents_and_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_DOCUMENT", 100)
    with pytest.raises(LimitExceeded, match=r"a\.json"):
        build(tmp_path, {"a.json": osv()})
    monkeypatch.undo()
    monkeypatch.setattr(documents, "MAX_MEMBERS", 1)
    with pytest.raises(LimitExceeded, match="members"):
        build(tmp_path / "two", {"all.zip": zipped(a=osv(), b=osv())})


def test_nothing_to_build_from(tmp_path: Path) -> None:
    with pytest.raises(ImageNotFound, match="no such file"):
        build_stores([tmp_path / "absent"], tmp_path, OPTIONS)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ImageNotFound, match="nothing to build from"):
        build_stores([tmp_path / "empty"], tmp_path, OPTIONS)


def test_terms_follow_the_sources(tmp_path: Path) -> None:
    secdb = {
        "urlprefix": "https://packages.wolfi.dev",
        "packages": [{"pkg": {"name": "a", "secfixes": {"2-r0": ["CVE-2026-1000"]}}}],
    }
    built = build(tmp_path, {"a.json": osv(), "security.json": json.dumps(secdb).encode()})
    terms = {m.name: (m.licence, m.redistributable) for m in built.manifests}
    assert terms == {
        "npm": ("CC-BY-4.0", True),
        "wolfi": ("CC-BY-NC-ND-4.0", False),
    }
