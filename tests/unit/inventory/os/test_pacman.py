from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.package_formats import pacman
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

FOLDER = "var/lib/pacman/local/widget-libs-1:2.0-3"
DESC = b"""\
%NAME%
widget-libs

%VERSION%
1:2.0-3

%BASE%
widget

%DESC%
A line.

%ARCH%
x86_64

%PACKAGER%
Wanda Widget <wanda@example.org>

%SIZE%
4096

%GROUPS%
base-devel

%LICENSE%
MIT
GPL-2.0-or-later

%DEPENDS%
glibc
"""
FILES = (
    b"%FILES%\nlib64/\nlib64/w.so\nusr/\nusr/bin/\nusr/bin/widget\n\n%BACKUP%\netc/w.conf\t0123\n"
)


def test_a_package_gives_all_that_it_says() -> None:
    files: dict[str, bytes | str] = {
        f"{FOLDER}/desc": DESC,
        f"{FOLDER}/files": FILES,
        "etc/os-release": b"ID=arch\n",
        "lib64": "usr/lib",
        "usr/lib/w.so": b"",
    }
    assert list(pacman.read(MemoryTree(files, pacman.WANTS, {f"{FOLDER}/desc": 2}))) == [
        Package(
            type="alpm",
            name="widget-libs",
            version="1:2.0-3",
            architecture="x86_64",
            source_name="widget",
            source_version="1:2.0-3",
            licenses=("MIT", "GPL-2.0-or-later"),
            purl="pkg:alpm/arch/widget-libs@1:2.0-3?arch=x86_64&distro=arch",
            section="base-devel",
            location=f"{FOLDER}/desc",
            layer=2,
            installed_size=4096,
            files=("usr/lib/w.so", "usr/bin/widget"),
            vendor="Wanda Widget <wanda@example.org>",
        )
    ]


def test_a_package_without_a_version_is_told_and_hides_no_others() -> None:
    other = "var/lib/pacman/local/a-1/desc"
    tree = MemoryTree({f"{FOLDER}/desc": DESC, other: b"%NAME%\na\n\n%VERSION%\n"}, pacman.WANTS)
    skipped, package = pacman.read(tree)
    assert skipped == Skipped(other, "a package without a name or a version")
    assert isinstance(package, Package)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_nothing_in_the_files_is_an_exception(desc: bytes, files: bytes) -> None:
    tree = MemoryTree({f"{FOLDER}/desc": DESC + desc, f"{FOLDER}/files": files}, pacman.WANTS)
    [package] = pacman.read(tree)
    assert isinstance(package, Package)
