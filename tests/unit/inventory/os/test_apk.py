from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.package_formats import apk
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

PATH = "lib/apk/db/installed"
RECORD = b"""\
C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
P:libwidget
V:1.2.3_git20260101-r4
A:aarch64
S:1000
I:4096
T:Widgets
U:https://example.org
L:MIT AND BSD-3-Clause
o:widget
m:Wanda Widget <wanda@example.org>
t:1767225600
D:so:libc.musl-aarch64.so.1
F:
R:top
F:lib
M:0:0:755
R:libwidget.so.1
a:0:0:755
Z:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
F:usr/empty
F:usr/share/widget
R:notes: draft
"""


def test_a_record_gives_all_that_it_says() -> None:
    release = b"ID=alpine\nVERSION_ID=3.24.1\n"
    tree = MemoryTree({PATH: RECORD, "etc/os-release": release}, apk.WANTS)
    assert list(apk.read(tree)) == [
        Package(
            type="apk",
            name="libwidget",
            version="1.2.3_git20260101-r4",
            architecture="aarch64",
            source_name="widget",
            source_version="1.2.3_git20260101-r4",
            licenses=("MIT AND BSD-3-Clause",),
            purl="pkg:apk/alpine/libwidget@1.2.3_git20260101-r4?arch=aarch64&distro=alpine-3.24.1",
            location=PATH,
            layer=0,
            installed_size=4096,
            files=("top", "lib/libwidget.so.1", "usr/share/widget/notes: draft"),
            vendor="Wanda Widget <wanda@example.org>",
        )
    ]


def test_what_a_record_does_not_say_stays_empty() -> None:
    [package] = apk.read(MemoryTree({PATH: b"P:.build-deps\nV:20260101\nI:x\n"}, apk.WANTS))
    assert isinstance(package, Package)
    assert package.source_name == package.source_version == package.architecture == ""
    assert package.installed_size is None
    assert package.files == package.licenses == ()
    assert package.purl == "pkg:apk/alpine/.build-deps@20260101"


@pytest.mark.parametrize(("key", "namespace"), [("wolfi", "wolfi"), ("chainguard", "chainguard")])
def test_purls_name_the_distribution(key: str, namespace: str) -> None:
    files = {PATH: b"P:x\nV:1\n", "etc/os-release": f"ID={key}\nVERSION_ID=20230201\n".encode()}
    [package] = apk.read(MemoryTree(files, apk.WANTS))
    assert isinstance(package, Package)
    assert package.purl == f"pkg:apk/{namespace}/x@1?distro={key}-20230201"


def test_records_without_a_version_are_told_and_hide_no_others() -> None:
    content = b"asdf\n\nP:unfinished\n\n" + RECORD + b"\n\n\nP:other\nV:1\n"
    *packages, skipped = apk.read(MemoryTree({PATH: content}, apk.WANTS))
    assert [one.name for one in packages if isinstance(one, Package)] == ["libwidget", "other"]
    assert skipped == Skipped(PATH, "2 record(s) without a name or a version")


def test_the_new_place_is_read_once_though_linked_from_the_old() -> None:
    new = "usr/lib/apk/db/installed"
    found = list(apk.read(MemoryTree({new: RECORD, "lib": "usr/lib"}, apk.WANTS)))
    assert [one.location for one in found if isinstance(one, Package)] == [new]
    [package] = found
    assert isinstance(package, Package)
    assert "usr/lib/libwidget.so.1" in package.files


def test_the_layer_is_that_of_most_of_the_files() -> None:
    files = {
        PATH: b"P:a\nV:1\nF:etc\nR:a.conf\nF:usr/bin\nR:a1\nR:a2\n\nP:b\nV:1\nF:bin\nR:gone\n",
        "etc/a.conf": b"",
        "usr/bin/a1": b"",
        "usr/bin/a2": b"",
    }
    layers = {PATH: 5, "usr/bin/a1": 2, "usr/bin/a2": 2}
    packages = list(apk.read(MemoryTree(files, apk.WANTS, layers)))
    assert [one.layer for one in packages if isinstance(one, Package)] == [2, 5]


def test_folders_that_would_fill_the_memory_end_in_a_skip() -> None:
    content = b"P:a\nV:1\nF:" + b"x" * 100_000 + b"\n" + b"R:y\n" * 10_000
    [skipped] = apk.read(MemoryTree({PATH: content}, apk.WANTS))
    assert isinstance(skipped, Skipped)
    assert "memory" in skipped.reason


def test_names_that_are_not_utf_8_keep_their_bytes() -> None:
    [package] = apk.read(MemoryTree({PATH: b"P:a\xff\nV:1\nF:\xff\nR:\xfe\n"}, apk.WANTS))
    assert isinstance(package, Package)
    assert package.name == "a\ufffd"
    assert package.files[0].encode("utf-8", "surrogateescape") == b"\xff/\xfe"


@given(st.binary(max_size=300))
def test_nothing_in_the_file_is_an_exception(content: bytes) -> None:
    tree = MemoryTree({PATH: RECORD + b"\n" + content}, apk.WANTS)
    assert any(isinstance(one, Package) and one.name == "libwidget" for one in apk.read(tree))


@given(st.integers(0, len(RECORD) - 1), st.binary(min_size=1, max_size=4))
def test_nothing_changed_in_a_record_is_an_exception(place: int, octets: bytes) -> None:
    content = RECORD[:place] + octets + RECORD[place + len(octets) :]
    assert list(apk.read(MemoryTree({PATH: content}, apk.WANTS)))
