from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bedplate.errors import InvalidDocument, StorageError
from bedplate.facts.build_snapshot import build_snapshot, file_name
from bedplate.facts.catalog import Catalog
from bedplate.facts.entry import Entry, encode_entry
from bedplate.facts.snapshot import DATA, Snapshot
from bedplate.facts.user_entries import UserEntries
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from pathlib import Path

NAME = "example.test/team/app:1"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(name="source")
def fixture_source(tmp_path: Path, image: Any) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    rows = tuple(image(NAME, "a", platform=p, user="") for p in ("linux/arm64", "linux/amd64"))
    entry = Entry(NAME, (f"{NAME}.0",), rows)
    (folder / "app.json").write_bytes(encode_entry(entry))
    other = Entry("docker.io/library/other:2", (), (image("other"),))
    (folder / "more.jsonl").write_bytes(encode_entry(other) + b"\n\n")
    return folder


def test_a_built_catalog_answers(source: Path, tmp_path: Path) -> None:
    built = build_snapshot(source, tmp_path / "out")
    assert (built.images, built.rows) == (2, 3)
    assert built.size == sum(map(len, contents(tmp_path / "out").values()))
    catalog = Catalog(Snapshot(tmp_path / "out"), UserEntries(None))
    found = catalog.find(Reference.parse(f"{NAME}.0"))
    assert found is not None
    assert (found.reference, found.platform) == (NAME, "linux/amd64")
    assert [s.reference for s in catalog.references()] == ["docker.io/library/other:2", NAME]


def test_the_same_input_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_snapshot(source, tmp_path / name)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_shipped_catalog_is_what_its_export_builds(tmp_path: Path) -> None:
    source = tmp_path / "source"
    Catalog.open(None).export(source / "all.jsonl", everything=True)
    (source / "tags.json").write_bytes((DATA / "tags.json").read_bytes())
    build_snapshot(source, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(DATA)


def test_images_that_are_gone_are_removed(source: Path, tmp_path: Path) -> None:
    build_snapshot(source, tmp_path / "out")
    (source / "app.json").unlink()
    build_snapshot(source, tmp_path / "out")
    assert sorted(contents(tmp_path / "out")) == ["images/other-2.json", "index.json"]


def test_an_image_that_is_there_twice(source: Path, tmp_path: Path) -> None:
    (source / "again.json").write_bytes((source / "app.json").read_bytes())
    with pytest.raises(InvalidDocument, match="twice"):
        build_snapshot(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_two_references_with_one_file_name(source: Path, tmp_path: Path, image: Any) -> None:
    entry = Entry("example.test/team/app-1:latest", (), (image("x"),))
    clash = Entry("example.test/team-app:1-latest", (), (image("x"),))
    for number, one in enumerate((entry, clash)):
        (source / f"{number}.json").write_bytes(encode_entry(one))
    with pytest.raises(InvalidDocument, match="share one file name"):
        build_snapshot(source, tmp_path / "out")


@pytest.mark.parametrize("name", ["broken.json", "tags.json"])
def test_damaged_files_are_named(source: Path, tmp_path: Path, name: str) -> None:
    (source / name).write_bytes(b"{")
    with pytest.raises(InvalidDocument, match=name):
        build_snapshot(source, tmp_path / "out")


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="no catalog entries"):
        build_snapshot(tmp_path, tmp_path / "out")


def test_a_place_that_cannot_be_written(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot write"):
        build_snapshot(source, tmp_path / "file")


def test_a_damaged_index_is_named(source: Path, tmp_path: Path) -> None:
    build_snapshot(source, tmp_path / "out")
    (tmp_path / "out" / "index.json").write_bytes(b"{}")
    with pytest.raises(InvalidDocument, match=r"index\.json"):
        Catalog(Snapshot(tmp_path / "out"), UserEntries(None)).references()


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("docker.io/library/node:20-alpine", "node-20-alpine.json"),
        (
            "gcr.io/distroless/static-debian13:latest",
            "gcr.io-distroless-static-debian13-latest.json",
        ),
        ("scratch", "scratch.json"),
    ],
)
def test_names_of_files(reference: str, name: str) -> None:
    assert file_name(reference) == name
