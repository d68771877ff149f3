from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import InvalidDocument
from bedplate.inventory import WANTS, collect, collect_file, collecting, lock_wants
from bedplate.inventory.package_formats import PACKAGE_FORMATS
from bedplate.inventory.single_file import SingleFileTree
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.tree import Tree

APK = b"C:Q1x\nP:zlib\nV:1.3-r2\nA:x86_64\no:zlib\n\n"
LOCK = json.dumps(
    {
        "lockfileVersion": 3,
        "packages": {"": {"name": "app"}, "node_modules/left": {"version": "2.0.0"}},
    }
).encode()


def names(found: list[Package | Skipped]) -> list[tuple[str, str]]:
    return [(item.name, item.version) for item in found if isinstance(item, Package)]


def test_installed_packages_are_found_and_lock_files_only_when_asked_for() -> None:
    files = {"lib/apk/db/installed": APK, "srv/app/package-lock.json": LOCK}
    tree = MemoryTree(files, wants=(*WANTS, *lock_wants()))
    assert names(collect(tree)) == [("zlib", "1.3-r2")]
    assert set(names(collect(tree, lockfiles=True))) == {("zlib", "1.3-r2"), ("left", "2.0.0")}


def test_one_file_is_read_by_what_its_path_says() -> None:
    assert names(collect_file("/lib/apk/db/installed", APK)) == [("zlib", "1.3-r2")]
    assert names(collect_file("./web/package-lock.json", LOCK)) == [("left", "2.0.0")]
    assert collect_file("notes.txt", APK) == []


def test_a_broken_file_is_an_error_alone_and_skipped_in_a_tree() -> None:
    with pytest.raises(InvalidDocument, match="package-lock"):
        collect_file("package-lock.json", b"{")
    files = {"a/package-lock.json": b"{", "b/package-lock.json": LOCK}
    found = collect(MemoryTree(files, wants=lock_wants()), lockfiles=True)
    assert names(found) == [("left", "2.0.0")]
    assert [item.what for item in found if isinstance(item, Skipped)] == ["a/package-lock.json"]


def test_an_error_in_one_format_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_tree: Tree) -> Iterator[Package | Skipped]:
        yield Package("x", "before", "1")
        raise InvalidDocument("torn in two")

    broken = SimpleNamespace(NAME="broken", WANTS=(), read=fails)
    formats = (broken, *PACKAGE_FORMATS)
    monkeypatch.setattr(collecting, "PACKAGE_FORMATS", formats)
    found = collect(MemoryTree({"lib/apk/db/installed": APK}))
    assert names(found) == [("before", "1"), ("zlib", "1.3-r2")]
    assert Skipped("broken", "torn in two") in found


def test_a_tree_of_one_file_keeps_to_what_is_wanted() -> None:
    tree = SingleFileTree("/a/b/c.txt", b"0123456789", [Want("**/c.txt", limit=4, head=True)])
    assert tree.read("a/b/c.txt") == b"0123"
    assert list(tree.kept("a/*/c.txt")) == ["a/b/c.txt"]
    assert list(tree.kept("*.txt")) == []
    assert list(tree.children("a")) == ["b"]
    assert list(tree.children("")) == ["a"]
    assert tree.get("a/b") is not None
    assert {entry.path for entry in tree.entries()} == {"a", "a/b", "a/b/c.txt"}
    too_large = SingleFileTree("c.txt", b"0123456789", [Want("c.txt", limit=4)])
    assert too_large.read("c.txt") is None
    assert list(too_large.kept("c.txt")) == []


def test_a_tree_of_one_file_answers_a_search() -> None:
    tree = SingleFileTree("bin/tool", b"..version 7;", [Want("bin/tool", search=rb"version (\d)")])
    assert tree.found("bin/tool") == b"7"
    assert tree.read("bin/tool") is None
    assert list(tree.kept("bin/*")) == ["bin/tool"]
