"""Modules and crates that are linked into programs."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BedplateError
from bedplate.inventory.go_build_info import linked_modules, standard_library, take_build_info
from bedplate.inventory.package_formats import cargo_auditable, go
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator

START = bytes.fromhex("3077af0c9274080241e1c107e6d618e6")
END = bytes.fromhex("f932433186182072008242104116d8f2")
LINES = (
    "path\texample.org/tool/cmd\n"
    "mod\texample.org/Tool\tv1.4.0\th1:a=\n"
    "dep\tgithub.com/a/b/v2\tv2.0.1\th1:b=\n"
    "dep\tgithub.com/old/c\tv1.0.0\n=>\tgithub.com/new/c\tv1.0.1\th1:c=\n"
    "dep\tgithub.com/local/d\tv1.2.0\n=>\t./d\t(devel)\t\n"
    "build\t-compiler=gc\n"
)


def string(content: bytes) -> bytes:
    out, size = b"", len(content)
    while size > 0x7F:
        out += bytes([size & 0x7F | 0x80])
        size >>= 7
    return out + bytes([size]) + content


def go_program(version: str = "go1.25.7", lines: str = LINES, before: bytes = b"") -> bytes:
    listed = START + lines.encode() + END if lines else b""
    header = b"\xff Go buildinf:" + bytes([8, 2]) + bytes(16)
    return b"\x7fELF" + before + header + string(version.encode()) + string(listed) + b"\0rest"


def old_go_program() -> bytes:
    listed = START + LINES.encode() + END
    return b"\x7fELF" + listed + b"\xff Go buildinf:" + bytes([8, 0]) + b"\1" * 16


def rust_program(document: object, level: int = 9) -> bytes:
    plain = json.dumps(document, separators=(",", ":")).encode()
    return b"\x7fELF x\xda x\x9c" + zlib.compress(plain, level) + b"\0.text\0.dep-v0\0"


def read(entry: object, content: bytes) -> list[Package | Skipped]:
    shelf = {go: go.WANTS, cargo_auditable: cargo_auditable.WANTS}
    tree = MemoryTree({"usr/bin/tool": content}, shelf[entry], {"usr/bin/tool": 2})  # type: ignore[index]
    return list(entry.read(tree))  # type: ignore[attr-defined]


def named(found: list[Package | Skipped]) -> Iterator[tuple[str, str]]:
    return ((one.name, one.version) for one in found if isinstance(one, Package))


def test_modules_of_a_go_program_as_they_were_built() -> None:
    found = read(go, go_program())
    assert list(named(found)) == [
        ("stdlib", "1.25.7"),
        ("example.org/Tool", "v1.4.0"),
        ("github.com/a/b/v2", "v2.0.1"),
        ("github.com/new/c", "v1.0.1"),
        ("github.com/local/d", "v1.2.0"),
    ]
    assert found[1] == Package(
        "golang",
        "example.org/Tool",
        "v1.4.0",
        purl="pkg:golang/example.org/tool@v1.4.0",
        location="usr/bin/tool",
        layer=2,
    )


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("go1.25.7", "1.25.7"),
        ("go1.22.1 X:loopvar,rangefunc", "1.22.1"),
        ("go1.21.3-vendor", "1.21.3"),
        ("go1.22.7 (Red Hat 1.22.7-1.el9)", "1.22.7"),
        ("go1.27rc1", "1.27rc1"),
        ("go1.20", "1.20"),
        ("devel go1.26-abcdef0 Mon Jan 5 00:00:00 2026 +0000", ""),
    ],
)
def test_versions_of_go_without_what_vendors_add(written: str, version: str) -> None:
    info = take_build_info(go_program(written))
    assert info is not None
    assert standard_library(info) == version


@pytest.mark.parametrize("version", ["(devel)", "v0.0.0-20260101000000-abcdef012345"])
def test_a_main_module_of_a_work_tree_has_no_version(version: str) -> None:
    found = read(go, go_program(lines=f"mod\texample.org/tool\t{version}\t\n"))
    assert list(named(found))[1:] == [("example.org/tool", "")]


def test_a_dependency_keeps_its_pseudo_version() -> None:
    line = "dep\tgolang.org/x/sys\tv0.0.0-20260101000000-abcdef012345\n"
    assert list(named(read(go, go_program(lines=line))))[1:] == [
        ("golang.org/x/sys", "v0.0.0-20260101000000-abcdef012345")
    ]


def test_a_program_that_only_speaks_of_the_magic() -> None:
    text = b"looks for \xff Go buildinf: in programs, like file(1)"
    assert read(go, b"\x7fELF" + text + bytes(50)) == []
    found = read(go, go_program(before=text))
    assert next(named(found)) == ("stdlib", "1.25.7")


def test_before_go_1_18_the_modules_are_found_and_the_gap_is_said() -> None:
    found = read(go, old_go_program())
    assert [name for name, _ in named(found)][-1] == "github.com/local/d"
    assert [one for one in found if isinstance(one, Skipped)] == [
        Skipped("usr/bin/tool", "a Go program that does not tell the version of Go")
    ]


@pytest.mark.parametrize("level", [1, 5, 6, 9])
def test_crates_without_those_of_the_build(level: int) -> None:
    document = {
        "packages": [
            {"name": "app", "version": "0.1.0", "source": "local", "root": True},
            {"name": "cc", "version": "1.0.0", "source": "crates.io", "kind": "build"},
            {"name": "memchr", "version": "2.7.4", "source": "crates.io"},
            {"name": "nameless"},
        ]
    }
    found = read(cargo_auditable, rust_program(document, level))
    assert list(named(found)) == [("app", "0.1.0"), ("memchr", "2.7.4")]
    (_, crate) = found
    assert isinstance(crate, Package)
    assert (crate.purl, crate.location, crate.layer) == (
        "pkg:cargo/memchr@2.7.4",
        "usr/bin/tool",
        2,
    )


def test_a_list_of_crates_that_is_cut_off_is_said() -> None:
    content = rust_program(
        {"packages": [{"name": f"a{n}", "version": f"{n * n}"} for n in range(99)]}
    )
    cut = content[:-60] + b"\0.dep-v0\0"
    (one,) = read(cargo_auditable, cut)
    assert isinstance(one, Skipped)
    assert one.what == "usr/bin/tool"


def test_a_rust_program_too_large_to_search_is_said() -> None:
    extract = cargo_auditable.WANTS[0].extract
    assert extract is not None
    with pytest.raises(BedplateError, match="too large"):
        extract.read(b".dep-v0\0.text\0")


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_behind_the_magic_are_harmless(content: bytes, cut: int) -> None:
    for program in (go_program()[:cut] + content, b"\xff Go buildinf:" + content):
        info = take_build_info(program)
        if info is not None:
            standard_library(info)
            assert all(module.path for module in linked_modules(info))


@given(st.binary(max_size=300), st.integers(0, 200))
def test_any_bytes_beside_a_list_of_crates_are_harmless(content: bytes, cut: int) -> None:
    whole = rust_program({"packages": [{"name": "a", "version": "1"}]})
    found = read(cargo_auditable, b"\x7fELF" + whole[:cut] + content + b".dep-v0")
    assert all(isinstance(one, Package | Skipped) for one in found)


def test_programs_of_any_name_are_asked_for() -> None:
    for entry in (go, cargo_auditable):
        assert all(isinstance(want, Want) and want.program for want in entry.WANTS)
