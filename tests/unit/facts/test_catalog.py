from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.errors import BadInput, InvalidDocument, StorageError
from bedplate.facts.catalog import Catalog
from bedplate.model.package import Package
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AMD64, ARM64 = Platform("linux", "amd64"), Platform("linux", "arm64")
MINE = Reference.parse("example.test/team/app:1")


def test_added_facts_are_found_again(catalog: Catalog, image: Any, tmp_path: Path) -> None:
    facts = image(str(MINE), "a", "b", compressed_size=7)
    catalog.add(facts)
    for opened in (catalog, Catalog.open(tmp_path / "mine")):
        found = opened.find(MINE, AMD64)
        assert found == replace(facts, origin="catalog")
        assert opened.is_added(str(MINE))
        assert str(MINE) in [summary.reference for summary in opened.references()]


def test_a_reference_without_a_tag_means_latest(catalog: Catalog, image: Any) -> None:
    catalog.add(image("example.test/team/app"))
    found = catalog.find(Reference.parse("example.test/team/app:latest"))
    assert found is not None
    assert found.reference == "example.test/team/app:latest"


def test_names_of_files_and_what_depends_on_the_day_are_not_kept(
    catalog: Catalog, image: Any
) -> None:
    package = Package("apk", "musl", "1.2.5-r0", files=("lib/libc.so",))
    catalog.add(image(str(MINE), packages=(package,), end_of_life=()))
    found = catalog.find(MINE)
    assert found is not None
    assert found.packages == (replace(package, files=()),)
    assert found.end_of_life is None


def test_unknown_packages_stay_unknown(catalog: Catalog, image: Any) -> None:
    catalog.add(image(str(MINE)))
    found = catalog.find(MINE)
    assert found is not None
    assert found.packages is None


def test_users_facts_win_over_embedded_ones_platform_by_platform(
    catalog: Catalog, image: Any
) -> None:
    name = "docker.io/library/alpine:3.24"
    reference = Reference.parse(name)
    catalog.add(image(name, "other", observed="2026-11-01", platform="linux/amd64"))
    mine = catalog.find(reference, AMD64)
    embedded = catalog.find(reference, ARM64)
    assert mine is not None
    assert embedded is not None
    assert mine.observed == "2026-11-01"
    assert embedded.observed == "2026-09-17"
    assert [row.platform for row in catalog.rows(reference)] == ["linux/amd64", "linux/arm64/v8"]


def test_a_platform_is_replaced_not_added_twice(catalog: Catalog, image: Any) -> None:
    for size in (1, 2):
        catalog.add(image(str(MINE), compressed_size=size))
    catalog.add(image(str(MINE), platform="linux/arm64/v8"))
    assert [row.compressed_size for row in catalog.rows(MINE)] == [2, None]


@pytest.mark.parametrize("missing", [{"reference": None}, {"observed": ""}])
def test_facts_without_a_name_or_a_date_are_not_kept(
    catalog: Catalog, image: Any, missing: dict[str, Any]
) -> None:
    with pytest.raises(BadInput, match="can't be added"):
        catalog.add(image(str(MINE), **missing))


def test_images_are_found_by_any_digest(catalog: Catalog, image: Any) -> None:
    row = catalog.find(Reference.parse("alpine:3.24"), ARM64)
    assert row is not None
    for digest in (row.index_digest, row.manifest_digest, row.config_digest):
        assert digest is not None
        found = catalog.by_digest(digest, ARM64)
        assert found is not None
        assert found.manifest_digest == row.manifest_digest
    pinned = Reference.parse(f"mirror.example.test/alpine:old@{row.index_digest}")
    found = catalog.find(pinned, ARM64)
    assert found is not None
    assert (found.name, found.reference) == (str(pinned), "docker.io/library/alpine:3.24")
    assert [r.platform for r in catalog.rows(pinned)] == ["linux/amd64"]


def test_a_manifest_digest_gives_its_own_platform(catalog: Catalog) -> None:
    row = catalog.find(Reference.parse("alpine:3.24"), ARM64)
    assert row is not None
    assert row.manifest_digest is not None
    found = catalog.by_digest(row.manifest_digest, AMD64)
    assert found is not None
    assert found.platform == "linux/arm64/v8"


def test_unknown_images_platforms_and_digests(
    catalog: Catalog, digest: Callable[[str], str]
) -> None:
    assert catalog.find(Reference.parse("example.test/none:1")) is None
    assert catalog.find(Reference.parse("node:20"), ARM64) is None
    assert catalog.rows(Reference.parse("example.test/none:1")) == ()
    assert catalog.by_digest(digest("never seen")) is None
    assert catalog.find(Reference.parse(f"node@{digest('never seen')}")) is None
    assert catalog.rows(Reference.parse(f"node@{digest('never seen')}")) == ()


def test_facts_without_a_platform_answer_for_all(catalog: Catalog) -> None:
    row = catalog.find(Reference.parse("gcr.io/distroless/static-debian13"), ARM64)
    assert row is not None
    assert row.platform is None


def test_what_is_exported_can_be_imported(catalog: Catalog, image: Any, tmp_path: Path) -> None:
    catalog.add(image(str(MINE), "a"))
    catalog.add(image("example.test/team/other:2", "b"))
    file = tmp_path / "out.jsonl"
    assert catalog.export(file) == 2
    assert file.read_bytes().count(b"\n") == 2
    other = Catalog.open(tmp_path / "theirs")
    assert other.import_(file) == 2
    assert other.rows(MINE) == catalog.rows(MINE)


def test_everything_can_be_exported(catalog: Catalog, image: Any, tmp_path: Path) -> None:
    catalog.add(image(str(MINE)))
    file = tmp_path / "out.jsonl"
    assert catalog.export(file, everything=True) == len(catalog.references())
    other = Catalog.open(tmp_path / "theirs")
    other.import_(file)
    assert other.is_added("docker.io/library/node:20")


def test_aliases_of_imported_images_are_found(catalog: Catalog, image: Any, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    Catalog.open(None).export(file, everything=True)
    catalog.import_(file)
    found = catalog.find(Reference.parse("node:iron"))
    assert found is not None
    assert found.reference == "docker.io/library/node:20"


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda good: good[:-40], "cut off"),
        (lambda good: good + b"{}\n", r":2: "),
        (lambda good: good + b"\xff\xfe\n", r":2: "),
        (lambda good: good + good.replace(b"catalog-entry/1", b"catalog-entry/9"), ":2: .*schema"),
        (lambda good: good + b"[" * 50_000 + b"\n", ":2: "),
    ],
)
def test_a_damaged_file_is_imported_not_at_all(
    catalog: Catalog, image: Any, tmp_path: Path, damage: Callable[[bytes], bytes], said: str
) -> None:
    source = Catalog.open(tmp_path / "theirs")
    source.add(image(str(MINE), "a"))
    file = tmp_path / "out.jsonl"
    source.export(file)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(InvalidDocument, match=said) as caught:
        catalog.import_(file)
    assert str(file) in caught.value.message
    assert catalog.find(MINE) is None
    assert not (tmp_path / "mine").exists()


def test_a_damaged_file_of_the_user_is_said_where_it_is_asked(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "catalog.jsonl").write_bytes(b'{"schema": 1}\n')
    catalog = Catalog.open(folder)
    with pytest.raises(InvalidDocument, match=r"catalog\.jsonl:1: field schema"):
        catalog.find(MINE)


def test_importing_a_file_that_is_not_there(catalog: Catalog, tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="No such file"):
        catalog.import_(tmp_path / "none.jsonl")


def test_tags_of_added_images_are_listed(catalog: Catalog, image: Any) -> None:
    for name in ("example.test/team/app:1", "example.test/team/app:2-slim"):
        catalog.add(image(name))
    found = catalog.tags("example.test/team/app")
    assert found is not None
    assert (found.tags, found.observed) == (("1", "2-slim"), "2026-01-02")
    assert found.groups[0].platforms == ("linux/amd64",)


def test_nothing_can_be_added_without_a_folder(image: Any) -> None:
    with pytest.raises(StorageError, match="no folder"):
        Catalog.open(None).add(image(str(MINE)))


def test_a_full_disk_leaves_the_old_file(
    catalog: Catalog, image: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.add(image(str(MINE), compressed_size=1))
    file = tmp_path / "mine" / "catalog.jsonl"
    before = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StorageError, match="No space left"):
        catalog.add(image(str(MINE), compressed_size=2))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["catalog.jsonl"]
    found = catalog.find(MINE)
    assert found is not None
    assert found.compressed_size == 1
