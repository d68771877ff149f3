from __future__ import annotations

import struct
from stat import S_IFDIR, S_IFREG

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rig.rpm_database_writers import INT32, STRING, STRINGS, header, package, raw_header

from bedplate.errors import InvalidDocument
from bedplate.inventory import rpm_header


def test_a_header_gives_all_that_it_says() -> None:
    blob = header(
        name="widget",
        version="2.0~rc1",
        release="3.el10",
        epoch=1,
        arch="s390x",
        source_rpm="widget-suite-2.0~rc1-3.el10.src.rpm",
        license="MIT AND GPL-2.0-or-later",
        vendor="Wanda Widget",
        group=["System/Base", "System/Grundlage"],
        size=4096,
        modularity_label="widget:2:8100:abc",
    )
    read = rpm_header.parse(blob)
    assert read.full_version == "1:2.0~rc1-3.el10"
    assert (read.name, read.architecture, read.size) == ("widget", "s390x", 4096)
    assert read.source_rpm == "widget-suite-2.0~rc1-3.el10.src.rpm"
    assert (read.license, read.vendor) == ("MIT AND GPL-2.0-or-later", "Wanda Widget")
    assert read.group == "System/Base"
    assert read.modularity_label == "widget:2:8100:abc"


@pytest.mark.parametrize(("epoch", "expected"), [(0, "1.0-1"), (7, "7:1.0-1")])
def test_the_epoch_counts_when_it_is_not_0(epoch: int, expected: str) -> None:
    assert rpm_header.parse(package("widget", epoch=epoch)).full_version == expected


def test_a_size_beyond_32_bits_has_a_tag_of_its_own() -> None:
    assert rpm_header.parse(package("widget", long_size=1 << 33)).size == 1 << 33


def test_files_are_listed_without_folders_and_what_was_left_out() -> None:
    files = {
        "/usr/bin/widget": S_IFREG | 0o755,
        "/usr/share/widget": S_IFDIR | 0o755,
        "/usr/share/doc/widget/README": S_IFREG | 0o644,
        "/etc/widget.conf": S_IFREG | 0o644,
    }
    read = rpm_header.parse(package("widget", files, states=b"\0\0\2\0"))
    paths = [read.folders[n] + name for n, name in zip(read.numbers, read.names, strict=True)]
    assert paths == ["/usr/bin/widget", "/etc/widget.conf"]


def test_old_packages_list_whole_paths() -> None:
    read = rpm_header.parse(package("widget", old_file_names=["/bin/a", "/bin/b"]))
    assert (read.folders, read.names) == (("",), ("bin/a", "bin/b"))


def test_entries_after_the_region_replace_those_in_it() -> None:
    name, version = (1000, STRING, "widget"), (1001, STRING, "1.0")
    read = rpm_header.parse(raw_header([name, version, (1001, STRING, "2.0")]))
    assert read.version == "2.0"


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\0" * 7,
        b"\0" * 8,
        struct.pack(">II", 0xFFFFFFFF, 0),
        struct.pack(">II", 1, 0xFFFFFFFF) + b"\0" * 16,
        header(version="1.0"),
        header(name="widget"),
        header(name="widget", version="1.0")[:-1],
        package("widget", dir_indexes=[0], dir_names=["/"], base_names=["a", "b"]),
        package("widget", dir_indexes=[1], dir_names=["/"], base_names=["a"]),
        raw_header([(1000, STRING, b"name without an end"), (1001, STRING, b"1")]),
        raw_header([(1000, STRING, "a"), (1001, STRING, "1"), (1117, STRINGS, b"a\0b")]),
        header(name="a", version="1")[:8] + struct.pack(">IIiI", 1000, STRING, -1, 1) + b"\0" * 20,
        header(name="a", version="1", epoch=1).replace(
            struct.pack(">II", 1003, INT32), struct.pack(">II", 1003, 5)
        ),
    ],
)
def test_what_is_no_header_is_refused(blob: bytes) -> None:
    with pytest.raises(InvalidDocument, match="RPM header"):
        rpm_header.parse(blob)


def test_a_count_of_millions_is_refused_before_it_is_unpacked() -> None:
    entries = struct.pack(">IIiI", 1117, STRINGS, 0, 3_000_000)
    names = struct.pack(">IIiI", 1000, STRING, 0, 1) + struct.pack(">IIiI", 1001, STRING, 0, 1)
    data = b"a\0" + b"\0" * 3_000_000
    blob = struct.pack(">II", 3, len(data)) + names + entries + data
    with pytest.raises(InvalidDocument):
        rpm_header.parse(blob)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(blob: bytes) -> None:
    _refused_or_read(blob)


SAMPLE = package("widget", {"/a/b": S_IFREG, "/a/c": S_IFDIR}, epoch=1, states=b"\0\0", size=1)


@given(st.integers(0, len(SAMPLE)), st.binary(max_size=8), st.booleans())
def test_any_change_is_refused_or_read(place: int, octets: bytes, cut: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    rest = b"" if cut else SAMPLE[place + len(octets) :]
    _refused_or_read(SAMPLE[:place] + octets + rest)


def _refused_or_read(blob: bytes) -> None:
    try:
        read = rpm_header.parse(blob)
    except InvalidDocument:
        return
    assert read.name
    assert all(0 <= number < len(read.folders) for number in read.numbers)
    assert len(read.names) == len(read.numbers)
