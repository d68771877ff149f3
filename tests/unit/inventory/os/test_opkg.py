from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.package_formats import opkg
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

STATUS = b"""\
Package: widgetd
Version: 2026.01.02~abcdef-r1
Depends: libc
Status: install user installed
Architecture: aarch64_generic
Installed-Time: 1767225600

Package: gone
Version: 1.0
Status: deinstall ok not-installed
Architecture: all
"""


@pytest.mark.parametrize("folder", ["usr/lib/opkg", "var/lib/opkg", "lib/opkg"])
def test_installed_packages_are_found(folder: str) -> None:
    files: dict[str, bytes | str] = {
        f"{folder}/status": STATUS,
        f"{folder}/info/widgetd.list": b"/etc/init.d/widgetd\t0755\n/sbin/widgetd\n",
        "sbin": "usr/sbin",
        "usr/sbin/widgetd": b"",
        "etc/os-release": b"ID=openwrt\nVERSION_ID=25.12.0\n",
    }
    [package] = opkg.read(MemoryTree(files, opkg.WANTS, {f"{folder}/info/widgetd.list": 1}))
    assert package == Package(
        type="opkg",
        name="widgetd",
        version="2026.01.02~abcdef-r1",
        architecture="aarch64_generic",
        source_name="widgetd",
        source_version="2026.01.02~abcdef-r1",
        purl="pkg:opkg/openwrt/widgetd@2026.01.02~abcdef-r1"
        "?arch=aarch64_generic&distro=openwrt-25.12.0",
        location=f"{folder}/status",
        layer=1,
        files=("etc/init.d/widgetd", "usr/sbin/widgetd"),
    )


def test_a_linked_database_is_read_once() -> None:
    files: dict[str, bytes | str] = {"usr/lib/opkg/status": STATUS, "var/lib/opkg": "/usr/lib/opkg"}
    assert len(list(opkg.read(MemoryTree(files, opkg.WANTS)))) == 1


def test_a_database_that_is_a_folder_is_told() -> None:
    tree = MemoryTree({}, opkg.WANTS, folders=["usr/lib/opkg/status"])
    [skipped] = opkg.read(tree)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "a package database can't be a directory"


@given(st.binary(max_size=300))
def test_nothing_in_the_file_is_an_exception(content: bytes) -> None:
    tree = MemoryTree({"usr/lib/opkg/status": STATUS + b"\n" + content}, opkg.WANTS)
    assert any(isinstance(one, Package) for one in opkg.read(tree))
