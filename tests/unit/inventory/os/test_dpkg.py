from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.package_formats import dpkg
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping

STATUS = "var/lib/dpkg/status"
RECORD = b"""\
Package: libwidget2
Status: install ok installed
Priority: optional
Section: libs
Installed-Size: 12
Maintainer: Wanda Widget <wanda@example.org>
Architecture: amd64
Multi-Arch: same
Source: widget (1:2.0-3)
Version: 1:2.0-3+b1
Depends: libc6 (>= 2.34)
Conffiles:
 /etc/widget.conf 0123456789abcdef0123456789abcdef
Description: widgets, shared library
 A longer text.
 .
 Version: this line is of the description
"""


def _read(
    files: Mapping[str, bytes | str], layers: Mapping[str, int] | None = None
) -> list[Package | Skipped]:
    return list(dpkg.read(MemoryTree(files, dpkg.WANTS, layers)))


def _packages(
    files: Mapping[str, bytes | str], layers: Mapping[str, int] | None = None
) -> list[Package]:
    found = _read(files, layers)
    assert all(isinstance(one, Package) for one in found), found
    return [one for one in found if isinstance(one, Package)]


def _record(name: str, **fields: str) -> bytes:
    fields = {"Status": "install ok installed", "Version": "1.0", **fields}
    lines = [f"{key}: {value}" for key, value in fields.items() if value]
    return "\n".join([f"Package: {name}", *lines, ""]).encode()


def test_a_record_gives_all_that_it_says() -> None:
    assert _packages({STATUS: RECORD}) == [
        Package(
            type="deb",
            name="libwidget2",
            version="1:2.0-3+b1",
            architecture="amd64",
            source_name="widget",
            source_version="1:2.0-3",
            purl="pkg:deb/debian/libwidget2@1:2.0-3+b1?arch=amd64",
            section="libs",
            location=STATUS,
            layer=0,
            installed_size=12 * 1024,
            vendor="Wanda Widget <wanda@example.org>",
        )
    ]


@pytest.mark.parametrize(
    ("status", "is_installed"),
    [
        ("install ok installed", True),
        ("hold ok installed", True),
        ("deinstall ok installed", True),
        ("install reinstreq installed", True),
        ("install ok triggers-pending", True),
        ("deinstall ok config-files", False),
        ("install ok unpacked", False),
        ("install reinstreq half-installed", False),
        ("purge ok not-installed", False),
        ("installed", False),
        ("", False),
    ],
)
def test_only_what_is_installed_counts(status: str, *, is_installed: bool) -> None:
    packages = _packages({STATUS: _record("widget", Status=status)})
    assert [one.name for one in packages] == (["widget"] if is_installed else [])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ("widget", "1.0")),
        ("gadget", ("gadget", "1.0")),
        ("gadget (2:0.9)", ("gadget", "2:0.9")),
        ("gadget ()", ("gadget", "1.0")),
    ],
)
def test_the_source_defaults_to_the_package(source: str, expected: tuple[str, str]) -> None:
    [package] = _packages({STATUS: _record("widget", Source=source)})
    assert (package.source_name, package.source_version) == expected


def test_broken_records_are_told_and_hide_no_others() -> None:
    content = b"\n".join([_record("first"), b"nonsense\n", _record("second", Version="")])
    content += b"\n\n\n" + _record("third")
    *packages, skipped = _read({STATUS: content})
    assert [one.name for one in packages if isinstance(one, Package)] == ["first", "third"]
    assert skipped == Skipped(STATUS, "2 record(s) without a name or a version")


def test_lines_may_end_as_on_windows() -> None:
    assert len(_packages({STATUS: RECORD.replace(b"\n", b"\r\n")})) == 1


@pytest.mark.parametrize(("size", "expected"), [("0", 0), ("-1", None), ("9" * 20, None)])
def test_an_impossible_size_is_none(size: str, expected: int | None) -> None:
    [package] = _packages({STATUS: _record("widget", **{"Installed-Size": size})})
    assert package.installed_size == expected


@pytest.mark.parametrize("name", ["libwidget2", "libwidget2:amd64"])
def test_files_come_from_the_list_without_folders(name: str) -> None:
    listed = b"/.\n/usr\n/usr/lib\n/usr/lib/widget.so\n/etc\n/etc/widget.conf\n/opt\n"
    [package] = _packages({STATUS: RECORD, f"var/lib/dpkg/info/{name}.list": listed})
    # that /opt is an empty folder, the list does not tell
    assert package.files == ("usr/lib/widget.so", "etc/widget.conf", "opt")


def test_files_lie_where_the_merged_usr_has_them() -> None:
    [package] = _packages(
        {
            STATUS: _record("libc6"),
            "var/lib/dpkg/info/libc6.list": b"/lib/x86_64/libc.so.6\n/lib64/ld.so\n/library/x\n",
            "lib": "usr/lib",
            "lib64": "/usr/lib64",
            "usr/lib/x86_64/libc.so.6": b"",
            "usr/lib64/ld.so": b"",
        }
    )
    assert package.files == ("usr/lib/x86_64/libc.so.6", "usr/lib64/ld.so", "library/x")


def test_the_layer_is_that_of_the_packages_own_files() -> None:
    files = {
        STATUS: b"\n".join([_record("base"), _record("added"), _record("unlisted")]),
        "var/lib/dpkg/info/base.list": b"/usr/bin/base\n",
        "var/lib/dpkg/info/added.list": b"/usr/bin/added\n",
    }
    layers = {STATUS: 2, "var/lib/dpkg/info/added.list": 1}
    packages = _packages(files, layers)
    assert [(one.name, one.layer) for one in packages] == [
        ("base", 0),
        ("added", 1),
        ("unlisted", 2),
    ]


def test_distroless_images_have_a_file_for_each_package() -> None:
    folder = "var/lib/dpkg/status.d"
    files = {
        f"{folder}/libwidget2": _record("libwidget2", Status="", Architecture="amd64"),
        f"{folder}/libwidget2.md5sums": b"0123  usr/lib/widget.so\n4567  ./lib/b\nbroken\n",
        f"{folder}/tzdata": _record("tzdata", Status=""),
        "lib": "usr/lib",
        "usr/lib/b": b"",
    }
    packages = _packages(files, {f"{folder}/tzdata": 3})
    assert [(one.name, one.location, one.layer) for one in packages] == [
        ("libwidget2", f"{folder}/libwidget2", 0),
        ("tzdata", f"{folder}/tzdata", 3),
    ]
    assert packages[0].files == ("usr/lib/widget.so", "usr/lib/b")


def test_a_package_in_both_places_counts_once() -> None:
    packages = _packages({STATUS: _record("x"), "var/lib/dpkg/status.d/x": _record("x")})
    assert [one.location for one in packages] == [STATUS]


def test_licences_come_from_the_copyright_file_of_this_or_a_linked_package() -> None:
    text = b"Format: https://example.org/1.0/\n\nFiles: *\nLicense: MIT\n"
    files = {
        STATUS: b"\n".join([_record("widget"), _record("widget-data")]),
        "usr/share/doc/widget/copyright": text,
        "usr/share/doc/widget-data": "widget",
    }
    assert [one.licenses for one in _packages(files)] == [("MIT",), ("MIT",)]


def test_purls_name_the_distribution() -> None:
    release = b'ID=ubuntu\nVERSION_ID="24.04"\n'
    [package] = _packages({STATUS: RECORD, "etc/os-release": release})
    expected = "pkg:deb/ubuntu/libwidget2@1:2.0-3+b1?arch=amd64&distro=ubuntu-24.04"
    assert package.purl == expected


def test_a_database_that_is_too_large_is_told() -> None:
    tree = MemoryTree({STATUS: b"x" * (32 * 1024 * 1024 + 1)}, dpkg.WANTS)
    [skipped] = dpkg.read(tree)
    assert isinstance(skipped, Skipped)
    assert "33554433 bytes" in skipped.reason


def test_lists_that_are_links_to_one_another_end_in_a_skip() -> None:
    names = [f"p{number}" for number in range(80)]
    listed = b"/usr/share/" + b"x" * 4_000_000
    info = "var/lib/dpkg/info"
    files: dict[str, bytes | str] = {STATUS: b"\n".join(map(_record, names))}
    files |= {f"{info}/{name}.list": "p0.list" for name in names[1:]}
    files[f"{info}/p0.list"] = listed
    *_, last = _read(files)
    assert isinstance(last, Skipped)
    assert "memory" in last.reason


def test_a_tree_without_dpkg_has_no_packages() -> None:
    assert _read({"etc/os-release": b"ID=debian\n"}) == []


@given(st.binary(max_size=300), st.binary(max_size=200), st.binary(max_size=200))
def test_nothing_in_the_files_is_an_exception(status: bytes, listed: bytes, notice: bytes) -> None:
    files = {
        STATUS: RECORD + b"\n" + status,
        "var/lib/dpkg/info/libwidget2.list": listed,
        "var/lib/dpkg/status.d/x": status,
        "usr/share/doc/libwidget2/copyright": notice,
    }
    assert any(isinstance(one, Package) and one.name == "libwidget2" for one in _read(files))


_WORD = st.text("abcdefghijklmnopqrstuvwxyz0123456789+.-", min_size=1, max_size=12)


@given(st.dictionaries(_WORD, st.tuples(_WORD, _WORD), max_size=8))
def test_what_is_written_is_read(packages: dict[str, tuple[str, str]]) -> None:
    records = [_record(n, Version=v, Architecture=a) for n, (v, a) in packages.items()]
    read = {
        one.name: (one.version, one.architecture)
        for one in _packages({STATUS: b"\n".join(records)})
    }
    assert read == packages
