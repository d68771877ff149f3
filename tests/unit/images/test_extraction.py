"""Taking extracts out of files while a layer streams by."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidDocument
from bedplate.images.extraction import Extraction
from bedplate.images.file_tree import FileTree
from bedplate.images.index_layer import index_layer
from bedplate.images.layer_index import LayerIndex, decode
from bedplate.images.limits import Limits
from bedplate.images.root_folder import RootFolderWalk
from bedplate.images.selection import Selection
from bedplate.model.extract import Extract
from bedplate.model.want import Want
from bedplate.testing.layer_builder import hard_link, layer_tar

if TYPE_CHECKING:
    from pathlib import Path

ELF = b"\x7fELF\x02\x01\x01"


def after_mark(content: bytes | bytearray) -> bytes | None:
    """Take the five bytes after `MARK:`, when they are digits."""
    at = content.find(b"MARK:")
    taken = bytes(content[at + 5 : at + 10])
    return taken if at >= 0 and taken.isdigit() else None


EXTRACT = Extract("mark-1", after_mark, b"MARK:", reach=10)
PROGRAMS = Want("**/*", limit=200, extract=EXTRACT, program=True)


def index(content: bytes, *wants: Want) -> LayerIndex:
    return index_layer(io.BytesIO(content), "a layer", Selection(wants), Limits())


def taken(layer: LayerIndex) -> dict[str, dict[str, bytes]]:
    return {layer.paths[number]: found for number, found in layer.extracts.items()}


def test_programs_are_told_by_magic_and_mode() -> None:
    files = {
        "usr/bin/any": ELF + b"MARK:12345",
        "usr/bin/script": b"#!/bin/sh MARK:12345",
        "usr/bin/other": ELF + b"nothing",
        "usr/bin/short": b"\x7fE",
        "usr/bin/empty": b"",
    }
    layer = index(layer_tar(files), PROGRAMS)
    assert taken(layer) == {"usr/bin/any": {"mark-1": b"12345"}}
    assert decode(layer.encode()).extracts == layer.extracts


def test_a_file_that_nobody_may_execute_is_no_program() -> None:
    content = layer_tar({"lib/x.so": ELF + b"MARK:12345"})
    assert content.count(b"0000755\0") == 1
    # a header without checksum field is not checked when its magic is right
    layer = index(content.replace(b"0000755\0", b"0000644\0"), PROGRAMS)
    assert not layer.extracts


def test_files_by_name_are_extracted_whatever_their_mode() -> None:
    want = Want("**/*.jar", extract=EXTRACT)
    layer = index(layer_tar({"app/a.jar": b"MARK:12345", "app/b.war": b"MARK:12345"}), want)
    assert taken(layer) == {"app/a.jar": {"mark-1": b"12345"}}


def test_beside_searches_and_whole_files() -> None:
    content = ELF + b"release v20.11.1/" + bytes(100) + b"MARK:12345"
    search = Want("**/bin/node", limit=1000, search=rb"v([\d.]+)/", needle=b"release v")
    whole = Want("usr/bin/node", limit=4, head=True)
    layer = index(layer_tar({"usr/bin/node": content}), PROGRAMS, search, whole)
    assert layer.kept == {0: b"\x7fELF"}
    assert layer.found == {0: b"20.11.1"}
    assert taken(layer) == {"usr/bin/node": {"mark-1": b"12345"}}


@given(
    before=st.integers(0, 400),
    false=st.integers(0, 5),
    cut=st.integers(1, 90),
    after=st.integers(0, 400),
)
def test_large_files_are_read_from_the_needle_on(
    before: int, false: int, cut: int, after: int
) -> None:
    content = bytes(before) + b"MARK:none!" * false + b"MARK:12345" + bytes(after)
    extraction = Extraction([Want("*.x", limit=5, extract=EXTRACT)], len(content))
    pieces = [content[at : at + cut] for at in range(0, len(content), cut)]
    assert b"".join(extraction.watch(pieces)) == content
    assert extraction.results() == ({"mark-1": b"12345"}, [])


def test_a_needle_in_every_place_ends_the_search() -> None:
    content = b"MARK:" * 100 + b"12345"
    extraction = Extraction([Want("*.x", limit=5, extract=EXTRACT)], len(content))
    assert b"".join(extraction.watch([content])) == content
    assert extraction.results() == ({}, [])


def refuse(content: bytes | bytearray) -> bytes | None:
    raise InvalidDocument(f"{len(content)} bytes of nonsense")


@pytest.mark.parametrize(
    ("want", "reason"),
    [
        (Want("**/*.jar", extract=Extract("r-1", refuse)), "10 bytes of nonsense"),
        (
            Want("**/*.jar", 9, extract=Extract("r-1", refuse)),
            "10 bytes are more than is read of it",
        ),
        (Want("**/*.jar", 9, extract=Extract("r-1", refuse, b"M", 4)), "4 bytes of nonsense"),
    ],
)
def test_what_can_not_be_read_is_said(want: Want, reason: str) -> None:
    layer = index(layer_tar({"app/a.jar": b"MARK:12345"}), want)
    assert layer.refused == [("app/a.jar", reason)]
    assert not layer.extracts


def test_the_tree_gives_what_is_visible_of_all_layers() -> None:
    one = {"bin/a": ELF + b"MARK:11111", "bin/b": ELF + b"MARK:22222", "bin/c": ELF + b"MARK:33333"}
    lower = index(layer_tar({**one, "bin/d": hard_link("bin/a")}), PROGRAMS)
    upper = index(layer_tar({"bin/b": ELF + b"MARK:44444"}, whiteouts=["bin/c"]), PROGRAMS)
    tree = FileTree([lower, upper])
    assert list(tree.extracts("mark-1")) == [("bin/a", b"11111"), ("bin/b", b"44444")]
    assert list(tree.extracts("other-1")) == []


def test_a_folder_on_disk_is_read_the_same(tmp_path: Path) -> None:
    for name, mode in (("a", 0o755), ("b", 0o644)):
        (tmp_path / name).write_bytes(ELF + b"MARK:12345")
        (tmp_path / name).chmod(mode)
    walk = RootFolderWalk(tmp_path, "a folder")
    layer = walk.index(Selection([PROGRAMS]), Limits())
    assert taken(layer) == {"a": {"mark-1": b"12345"}}


def test_an_extract_that_changes_makes_another_selection() -> None:
    changed = Extract("mark-2", after_mark, b"MARK:", reach=10)
    other = Want("**/*", limit=200, extract=changed, program=True)
    assert Selection([PROGRAMS]).id != Selection([other]).id
    same = Want("**/*", limit=200, extract=Extract("mark-1", refuse, b"MARK:", 10), program=True)
    assert Selection([PROGRAMS]).id == Selection([same]).id
