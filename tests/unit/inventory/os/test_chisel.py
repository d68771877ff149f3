from __future__ import annotations

import json

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.package_formats import chisel
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

PATH = "var/lib/chisel/manifest.wall"
HEADER = {"jsonwall": "1.0", "schema": "1.0", "count": 6}
RECORDS = [
    {"kind": "content", "slice": "libwidget2_libs", "path": "/lib/libwidget.so.2"},
    {"kind": "content", "slice": "libwidget2_libs", "path": "/usr/lib/widget/"},
    {"kind": "content", "slice": "libwidget2_config", "path": "/etc/widget.conf"},
    {"kind": "package", "name": "libwidget2", "version": "2.0-1ubuntu1", "arch": "amd64"},
    {"kind": "path", "path": "/etc/widget.conf", "mode": "0644"},
    {"kind": "slice", "name": "libwidget2_libs"},
]


def _wall(*records: object) -> bytes:
    lines = [json.dumps(record, separators=(",", ":")) for record in (HEADER, *records)]
    return zstandard.compress("\n".join([*lines, ""]).encode())


def test_packages_and_the_files_of_their_slices_are_found() -> None:
    files: dict[str, bytes | str] = {
        PATH: _wall(*RECORDS),
        "lib": "usr/lib",
        "usr/lib/libwidget.so.2": b"",
        "etc/os-release": b'ID=ubuntu\nVERSION_ID="24.04"\n',
        "usr/share/doc/libwidget2/copyright": b"Format: x\nLicense: MIT\n",
    }
    assert list(chisel.read(MemoryTree(files, chisel.WANTS, {PATH: 1}))) == [
        Package(
            type="deb",
            name="libwidget2",
            version="2.0-1ubuntu1",
            architecture="amd64",
            licenses=("MIT",),
            purl="pkg:deb/ubuntu/libwidget2@2.0-1ubuntu1?arch=amd64&distro=ubuntu-24.04",
            location=PATH,
            layer=0,
            files=("usr/lib/libwidget.so.2", "etc/widget.conf"),
        )
    ]


@pytest.mark.parametrize("path", ["var/lib/dpkg/status", "var/lib/dpkg/status.d/libwidget2"])
def test_where_dpkg_says_the_same_it_counts_once(path: str) -> None:
    tree = MemoryTree({PATH: _wall(*RECORDS), path: b"Package: libwidget2\n"}, chisel.WANTS)
    assert list(chisel.read(tree)) == []


def test_an_empty_status_file_says_nothing() -> None:
    tree = MemoryTree({PATH: _wall(*RECORDS), "var/lib/dpkg/status": b""}, chisel.WANTS)
    assert len(list(chisel.read(tree))) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a manifest"),
        (b"not zstd", "broken zstd data"),
        (zstandard.compress(b"[]"), "not a manifest"),
        (zstandard.compress(b'{"jsonwall":"1.0"}\n{"kind":'), "line 2 is not JSON"),
        (zstandard.compress(b'{"jsonwall":"1.0"}\n' + b"[" * 100_000), "line 2 is not JSON"),
        (zstandard.compress(bytes(64 * 1024 * 1024 + 1)), "unpacks to more than"),
        (_wall({"kind": "package", "name": "a"}), "1 package(s) without"),
    ],
)
def test_a_broken_manifest_is_told(content: bytes, reason: str) -> None:
    [skipped] = chisel.read(MemoryTree({PATH: content}, chisel.WANTS))
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason


@given(st.binary(max_size=200))
def test_nothing_in_the_lines_is_an_exception(line: bytes) -> None:
    content = zstandard.compress(b'{"jsonwall":"1.0"}\n' + line)
    tree = MemoryTree({PATH: content}, chisel.WANTS)
    assert all(isinstance(one, Skipped) for one in chisel.read(tree))


_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


@given(st.lists(st.sampled_from(["content", "package", "x"]) | _JSON, max_size=4), _JSON)
def test_nothing_in_the_fields_is_an_exception(kinds: list[object], value: object) -> None:
    fields = dict.fromkeys(("name", "version", "arch", "slice", "path"), value)
    wall = _wall(*RECORDS, *({"kind": kind, **fields} for kind in kinds), value)
    found = list(chisel.read(MemoryTree({PATH: wall}, chisel.WANTS)))
    assert any(isinstance(one, Package) and one.name == "libwidget2" for one in found)
