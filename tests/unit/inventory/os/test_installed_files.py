from __future__ import annotations

import pytest

from bedplate.errors import LimitExceeded
from bedplate.inventory import installed_files
from bedplate.inventory.installed_files import InstalledFiles
from bedplate.testing.tree_builder import MemoryTree


def test_paths_go_through_the_links_that_releases_made() -> None:
    files = {
        "bin": "usr/bin",
        "sbin": "usr/sbin",
        "usr/sbin": "bin",
        "lib64": "usr/nowhere",
        "var/run": "/run",
        "usr/bin/a": b"",
    }
    paths = InstalledFiles(MemoryTree(files, folders=["run"])).paths(
        ["bin/a", "sbin/b", "usr/sbin/c", "usr/bin/d", "binary/e", "lib64/f", "var/run/g", "bin"]
    )
    assert paths == (
        "usr/bin/a",
        "usr/bin/b",
        "usr/bin/c",
        "usr/bin/d",
        "binary/e",
        "lib64/f",
        "run/g",
        "bin",
    )


def test_folders_and_names_are_joined() -> None:
    joined = InstalledFiles(MemoryTree({})).joined(
        ["", "/", "/usr/bin/", "etc"], [3, 2, 1, 0], "abcd"
    )
    assert joined == ("etc/a", "usr/bin/b", "c", "d")


def test_paths_of_one_database_have_a_limit_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed_files, "MAX_MEMORY", 1000)
    files = InstalledFiles(MemoryTree({}))
    for _ in range(6):
        files.paths(["x" * 80])
    with pytest.raises(LimitExceeded, match="1000 bytes"):
        files.joined(["x" * 80], [0], ["y"])


def test_the_layer_is_that_of_most_files_and_of_equals_the_highest() -> None:
    files = dict.fromkeys(("a", "b", "c", "d"), b"")
    known = InstalledFiles(MemoryTree(files, layers={"b": 1, "c": 1, "d": 2}))
    assert known.layer(["a", "b", "c"], None) == 1
    assert known.layer(["a", "d"], None) == 2
    assert known.layer(["missing"], 7) == 7
    assert known.layer([], None) is None
