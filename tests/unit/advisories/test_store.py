"""What is written to a store can be read from it, and a store that can't be read says so."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bedplate.advisories.record import Enrichment, Record
from bedplate.advisories.store import Store, open_bytes, open_store
from bedplate.advisories.store_writer import write_store
from bedplate.advisories.stores import open_stores
from bedplate.errors import CorruptStore, StorageError
from bedplate.model.advisory import Advisory, AffectedPackage, Status
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped
from bedplate.model.store_manifest import StoreManifest, StoreSource
from bedplate.model.version_range import VersionRange

if TYPE_CHECKING:
    from pathlib import Path

DEBIAN = "deb:debian:12"


def head(name: str = "debian-12", as_of: str = "2026-11-01") -> StoreManifest:
    source = StoreSource("a file", as_of, "2026-11-02T00:00:00Z", 3)
    return StoreManifest(
        name=name,
        feed="debian",
        title="Debian",
        schema=0,
        licence="none",
        redistributable=True,
        namespaces=(),
        built="2026-11-02T00:00:00Z",
        advisories=0,
        packages=0,
        sources=(source,),
    )


def record(
    number: int, fixed: str = "", *, package: str = "openssl", status: Status = Status.FIXED
) -> Record:
    cve = f"CVE-2026-{number:04}"
    ranges = (VersionRange(fixed=fixed),)
    advisory = Advisory(f"DEBIAN-{cve}", "debian", (cve,), modified="2026-01-01")
    return Record(advisory, (AffectedPackage(DEBIAN, package, status, ranges),))


def written(folder: Path, *items: Record | Enrichment | Skipped) -> Store:
    write_store(folder / "debian-12.sqlite", head(), items)
    return open_store(folder / "debian-12.sqlite")


def test_advisories_and_rows_come_back_as_they_were(tmp_path: Path) -> None:
    rating = Rating("debian", Level.HIGH, 7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N")
    advisory = Advisory(
        *("GHSA-1", "ghsa", ("CVE-2026-1000",), ("PYSEC-1",), "2026-01-01", "2026-01-02"),
        *((rating,), "a summary"),
    )
    package = AffectedPackage(
        "npm",
        "tar",
        Status.FIXED,
        (VersionRange("1.0", "1.5"), VersionRange("2.0", last_affected="2.3")),
        ("0.9",),
        (("goos", "windows"), ("urgency", "low")),
    )
    store = written(tmp_path, Record(advisory, (package,)))
    (row,) = store.rows("npm", ["tar", "not there"])["tar"]
    assert (row.status, row.ranges, row.versions, row.qualifiers) == (
        *(package.status, package.ranges, package.versions, package.qualifiers),
    )
    assert store.advisories([row.advisory]) == {row.advisory: advisory}
    assert store.rows("pypi", ["tar"]) == {}
    store.close()


def test_rows_that_matching_may_stop_at_come_last_the_newest_first(tmp_path: Path) -> None:
    fixed = ["1.1.1-1", "3.0.9-1", "3.0.11-1~deb12u2", "3.0.11-1"]
    items = [record(number, version) for number, version in enumerate(fixed, 1)]
    items.append(record(9, status=Status.AFFECTED))
    store = written(tmp_path, *items)
    rows = store.rows(DEBIAN, ["openssl"])["openssl"]
    assert [row.until for row in rows] == ["", "3.0.11-1", "3.0.11-1~deb12u2", "3.0.9-1", "1.1.1-1"]
    assert rows[0].ranges == (VersionRange(),)
    store.close()


def test_the_manifest_counts_what_is_there(tmp_path: Path) -> None:
    store = written(tmp_path, record(1, "1"), record(2, "2", package="curl"), Skipped("x", "y"))
    manifest = store.manifest
    assert (manifest.advisories, manifest.packages, manifest.namespaces) == (2, 2, (DEBIAN,))
    assert (manifest.as_of, manifest.embedded) == ("2026-11-01", False)
    store.close()


def test_enrichments_of_one_cve_are_put_together(tmp_path: Path) -> None:
    nvd, ghsa = Rating("nvd", Level.HIGH, 7.5, "v"), Rating("ghsa", Level.MEDIUM)
    store = written(
        tmp_path,
        Enrichment("CVE-2026-100070", (nvd,)),
        Enrichment("CVE-2026-100070", (ghsa,), epss=(0.5, 0.99)),
        Enrichment("CVE-2026-100071", kev="2026-02-03"),
    )
    cves = ["CVE-2026-100070", "CVE-2026-100071", "CVE-1999-0001"]
    assert store.ratings(cves) == {cves[0]: (ghsa, nvd)}
    assert store.epss(cves) == {cves[0]: (0.5, 0.99)}
    assert store.kev(cves) == {cves[1]: "2026-02-03"}
    store.close()


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    items = [record(number, str(number % 3 + 1)) for number in range(1, 40)]
    write_store(tmp_path / "a", head(), items)
    write_store(tmp_path / "b", head(), items)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("kept", [0, 1, 50, 100, 2000, 5000, 9000])
def test_a_store_that_is_cut_off_is_told_in_one_line(tmp_path: Path, kept: int) -> None:
    written(tmp_path, *(record(number, f"{number}-1") for number in range(400))).close()
    path = tmp_path / "debian-12.sqlite"
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CorruptStore, match="db update"):
        _read_all(path)


def test_no_damage_is_worse_than_an_error(tmp_path: Path) -> None:
    written(tmp_path, *(record(number, f"{number}-1") for number in range(400))).close()
    path = tmp_path / "debian-12.sqlite"
    whole = path.read_bytes()
    told = 0
    for position in range(0, len(whole), 97):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        path.write_bytes(damaged)
        try:
            _read_all(path)
        except CorruptStore:
            told += 1
    assert told > 10


def _read_all(path: Path) -> None:
    store = open_store(path)
    try:
        for namespace, name in store.packages():
            rows = store.rows(namespace, [name]).get(name, ())
            store.advisories({row.advisory for row in rows})
        store.kev(["CVE-2026-0001"])
    finally:
        store.close()


def test_another_schema_or_another_program_s_database_is_refused(tmp_path: Path) -> None:
    written(tmp_path, record(1, "1")).close()
    path = tmp_path / "debian-12.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(CorruptStore, match="schema 99"):
        open_store(path)
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as database:
        database.execute("CREATE TABLE manifest (document)")
    with pytest.raises(CorruptStore, match="not an advisory store"):
        open_store(tmp_path / "other.sqlite")


def test_a_locked_store_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bedplate.advisories.store._LOCK_PATIENCE", 0.01)
    written(tmp_path, record(1, "1")).close()
    path = tmp_path / "debian-12.sqlite"
    with closing(sqlite3.connect(path)) as stranger:
        stranger.execute("BEGIN EXCLUSIVE")
        with pytest.raises(CorruptStore, match="locked"):
            open_store(path)


def test_a_full_disk_leaves_the_old_store_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, record(1, "1")).close()
    path = tmp_path / "debian-12.sqlite"
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        write_store(path, head(), [record(2, "2")])
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_reader_keeps_what_it_opened_while_the_store_is_replaced(tmp_path: Path) -> None:
    store = written(tmp_path, record(1, "1"))
    write_store(tmp_path / "debian-12.sqlite", head(), [record(2, "2")])
    assert [row.until for row in store.rows(DEBIAN, ["openssl"])["openssl"]] == ["1"]
    store.close()


def test_stores_are_opened_by_name_and_listed(tmp_path: Path) -> None:
    written(tmp_path, record(1, "1")).close()
    stores = open_stores(tmp_path, embedded=False)
    assert stores.names() == ("debian-12",)
    assert stores.named("debian-12") is stores.named("debian-12")
    assert stores.named("npm") is None
    assert [manifest.name for manifest in stores.manifests()] == ["debian-12"]
    stores.close()
    assert open_stores(None, embedded=False).names() == ()


def test_a_store_in_memory_says_that_it_came_with_the_program(tmp_path: Path) -> None:
    written(tmp_path, record(1, "1")).close()
    store = open_bytes((tmp_path / "debian-12.sqlite").read_bytes(), "snapshot")
    assert store.manifest.embedded
    assert store.rows(DEBIAN, ["openssl"])
    store.close()
    with pytest.raises(CorruptStore):
        open_bytes(b"SQLite format 3\0" + bytes(200), "snapshot")
