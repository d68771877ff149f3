"""Installed Python packages."""

from __future__ import annotations

import importlib.metadata
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.package_formats import python
from bedplate.inventory.python_packages import normalized_name, read_metadata
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

SITE = "usr/lib/python3.13/site-packages"


CLASSIFIERS = """\
Classifier: License :: OSI Approved :: MIT License
Classifier: License :: OSI Approved
Classifier: Topic :: Games
"""


def read(files: dict[str, bytes | str], layers: dict[str, int] | None = None) -> list[object]:
    return list(python.read(MemoryTree(files, python.WANTS, layers)))


def only(files: dict[str, bytes | str]) -> Package:
    (one,) = read(files)
    assert isinstance(one, Package)
    return one


def metadata(name: str, version: str, more: str = "") -> bytes:
    return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{more}\nText.\n".encode()


def test_a_wheel_with_its_files_from_the_root() -> None:
    folder = f"{SITE}/Some.Thing-1.0.dist-info"
    record = (
        b"some_thing/__init__.py,sha256=abc,12\n"
        b'"some_thing/a,b.py",sha256=abc,1\n'
        b"../../../bin/thing,sha256=abc,99\n"
        b"/etc/thing.conf,,\n"
        b"Some.Thing-1.0.dist-info/RECORD,,\n"
    )
    files: dict[str, bytes | str] = {
        f"{folder}/METADATA": metadata("Some.Thing", "1.0", "License-Expression: MIT\n"),
        f"{folder}/RECORD": record,
    }
    assert read(files, {f"{folder}/METADATA": 2}) == [
        Package(
            "pypi",
            "Some.Thing",
            "1.0",
            licenses=("MIT",),
            purl="pkg:pypi/some-thing@1.0",
            location=f"{folder}/METADATA",
            layer=2,
            files=(
                f"{SITE}/some_thing/__init__.py",
                f"{SITE}/some_thing/a,b.py",
                "usr/bin/thing",
                "etc/thing.conf",
                f"{folder}/RECORD",
            ),
        )
    ]


def test_paths_of_a_record_cannot_leave_the_root() -> None:
    folder = "a-1.dist-info"
    package = only({f"{folder}/METADATA": metadata("a", "1"), f"{folder}/RECORD": b"../../x,,\n"})
    assert package.files == ("x",)


def test_an_egg_folder_an_egg_file_and_an_egg_inside_a_folder() -> None:
    found = read({
        f"{SITE}/one-1.0-py3.13.egg-info/PKG-INFO": metadata("one", "1.0"),
        f"{SITE}/one-1.0-py3.13.egg-info/installed-files.txt": b"../one.py\nPKG-INFO\n",
        f"{SITE}/two-2.0.egg-info": metadata("two", "2.0"),
        f"{SITE}/three-3.0-py3.13.egg/EGG-INFO/PKG-INFO": metadata("three", "3.0"),
    })  # fmt: skip
    packages = {one.name: one for one in found if isinstance(one, Package)}
    assert {name: one.version for name, one in packages.items()} == {
        "one": "1.0",
        "two": "2.0",
        "three": "3.0",
    }
    folder = f"{SITE}/one-1.0-py3.13.egg-info"
    assert packages["one"].files == (f"{SITE}/one.py", f"{folder}/PKG-INFO")


def test_a_folder_that_lost_its_metadata_is_named_by_its_own_name() -> None:
    package = only({f"{SITE}/lost_one-1.4.dist-info/RECORD": b"lost_one.py,,\n"})
    assert (package.name, package.version) == ("lost_one", "1.4")
    assert package.files == (f"{SITE}/lost_one.py",)


def test_metadata_without_a_version_borrows_the_folders() -> None:
    assert only({f"{SITE}/a-3.1.dist-info/METADATA": b"Name: a\n"}).version == "3.1"


@pytest.mark.parametrize("path", ["METADATA", "RECORD"])
def test_what_names_no_package_is_said(path: str) -> None:
    (one,) = read({f"{SITE}/dist-info/{path}": b"nothing\n"})
    assert one == Skipped(f"{SITE}/dist-info/{path}", "names no package and version")


def test_a_package_from_git_says_so_without_the_password() -> None:
    folder = f"{SITE}/a-1.0.dist-info"
    origin = {
        "url": "https://user:secret@example.org/a.git",
        "vcs_info": {"vcs": "git", "commit_id": "abc123"},
    }
    package = only({
        f"{folder}/METADATA": metadata("a", "1.0"),
        f"{folder}/direct_url.json": json.dumps(origin).encode(),
    })  # fmt: skip
    assert package.purl == ("pkg:pypi/a@1.0?vcs_url=git+https:%2F%2Fexample.org%2Fa.git%40abc123")


@pytest.mark.parametrize("origin", [b"{", b"[]", b'{"vcs_info": 1}', b"[" * 20_000])
def test_a_broken_origin_is_no_origin(origin: bytes) -> None:
    folder = f"{SITE}/a-1.0.dist-info"
    package = only(
        {f"{folder}/METADATA": metadata("a", "1.0"), f"{folder}/direct_url.json": origin}
    )
    assert package.purl == "pkg:pypi/a@1.0"


def test_fields_in_any_case_and_the_first_of_repeated_ones() -> None:
    found = read_metadata(b"name: A\nVERSION: 1\nVersion: 2\n stray\nno field here\n\nName: B\n")
    assert (found.name, found.version) == ("A", "1")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("License-Expression: MIT OR ISC\nLicense: other\n", ("MIT OR ISC",)),
        (
            f"License: x\n{CLASSIFIERS}",
            ("MIT License",),
        ),
        ("License: BSD\n", ("BSD",)),
        ("License: UNKNOWN\n", ()),
        (f"License: {'long ' * 100}\n", ()),
    ],
)
def test_licences(header: str, expected: tuple[str, ...]) -> None:
    assert read_metadata(header.encode()).licenses == expected


def test_agrees_with_the_standard_library_about_this_environment() -> None:
    site = Path(pytest.__file__).parent.parent
    files: dict[str, bytes | str] = {
        f"{SITE}/{path.relative_to(site)}": path.read_bytes()
        for pattern in ("*.dist-info/METADATA", "*.dist-info/RECORD")
        for path in site.glob(pattern)
    }
    found = {one.name: one for one in read(files) if isinstance(one, Package)}
    theirs = {one.name: one for one in importlib.metadata.distributions(path=[str(site)])}
    assert {name: one.version for name, one in found.items()} == {
        name: one.version for name, one in theirs.items()
    }
    for name, one in theirs.items():
        below = [str(file) for file in one.files or () if ".." not in file.parts]
        listed = {file.removeprefix(f"{SITE}/") for file in found[name].files}
        assert listed.issuperset(below)


@given(st.from_regex(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,20}[A-Za-z0-9])?", fullmatch=True))
def test_normalizing_twice_changes_nothing(name: str) -> None:
    once = normalized_name(name)
    assert normalized_name(once) == once
    assert normalized_name(name.upper().replace("-", "__")) == once


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=100))
def test_any_bytes_give_values_not_exceptions(head: bytes, record: bytes, origin: bytes) -> None:
    folder = f"{SITE}/a-1.0.dist-info"
    files: dict[str, bytes | str] = {
        f"{folder}/METADATA": head,
        f"{folder}/RECORD": record,
        f"{folder}/direct_url.json": origin,
        f"{SITE}/b.egg-info": head,
    }
    for one in read(files):
        assert isinstance(one, Package | Skipped)
        if isinstance(one, Package):
            assert not any(file.startswith(("/", "../")) for file in one.files)
