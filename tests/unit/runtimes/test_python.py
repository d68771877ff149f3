"""CPython and its installers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

    Files = dict[str, bytes | str]
    Find = Callable[[Files], tuple[Runtime, ...]]
    Binary = Callable[[bytes], bytes]


def _header(version: str) -> bytes:
    return f'/* Version */\n#define PY_VERSION      	"{version}"\n'.encode()


def test_the_official_image(find: Find) -> None:
    site = "usr/local/lib/python3.13/site-packages"
    (runtime,) = find(
        {
            "usr/local/bin/python3.13": b"\x7fELF small",
            "usr/local/bin/python3": "python3.13",
            "usr/local/bin/pip": b"#!/usr/local/bin/python3.13",
            "usr/local/include/python3.13/patchlevel.h": _header("3.13.14"),
            "usr/local/lib/libpython3.13.so.1.0": b"\x7fELF",
            "usr/local/lib/python3.13/os.py": b"x",
            f"{site}/pip/__init__.py": b"x",
            f"{site}/pip-26.1.dist-info/METADATA": b"Name: pip",
            f"{site}/requests-2.32.0.dist-info/METADATA": b"Name: requests",
        }
    )

    assert (runtime.title, runtime.version) == ("Python", "3.13.14")
    assert runtime.path == "usr/local/bin/python3.13"
    assert (runtime.eol_product, runtime.eol_cycle) == ("python", "3.13")
    assert not runtime.packaged
    (pip,) = runtime.bundled
    assert (pip.name, pip.version, pip.evidence) == ("pip", "26.1", f"{site}/pip-26.1.dist-info")
    assert pip.roots == (f"{site}/pip", f"{site}/pip-26.1.dist-info", "usr/local/bin/pip")
    assert set(runtime.roots) == {
        "usr/local/bin/python3.13",
        "usr/local/bin/python3",
        "usr/local/lib/python3.13",
        "usr/local/lib/libpython3.13.so.1.0",
        "usr/local/include/python3.13",
    }


@pytest.mark.parametrize(
    ("name", "words", "version"),
    [
        ("python3.11", b"LC_ALL\x00pymalloc_debug\x003.11.2\x00strict", "3.11.2"),
        ("python3.11", b"ucd\x003.2.0\x003.11.2+\x00", "3.11.2+"),
        ("python3.14", b"\x003.14.0rc2\x00", "3.14.0rc2"),
        ("python3.14t", b"\x003.14.7\x00", "3.14.7"),
        ("python2.7", b"/build/Python-2.7.18\x00./Modules", "2.7.18"),
        ("python3.1", b"\x003.1.4\x00", None),
        ("python3.11", b"\x003.2.0\x00\x003.12.1\x00", "3.11"),
    ],
)
def test_the_program_says_its_own_version(
    find: Find, binary: Binary, name: str, words: bytes, version: str | None
) -> None:
    found = find({f"usr/bin/{name}": binary(words)})

    assert [runtime.version for runtime in found] == ([] if version is None else [version])


@pytest.mark.parametrize(
    "library",
    [
        "usr/lib/libpython3.12.so.1.0",
        "usr/lib64/libpython3.12.so.1.0",
        "usr/lib/x86_64-linux-gnu/libpython3.12.so.1.0",
    ],
)
def test_a_small_program_is_told_by_its_library(find: Find, binary: Binary, library: str) -> None:
    (runtime,) = find(
        {
            "usr/bin/python3.12": b"\x7fELF small",
            library: binary(b"\x003.12.14\x00"),
            "lib/apk/db/installed": b"P:python3",
        }
    )

    assert (runtime.version, runtime.evidence) == ("3.12.14", library)
    assert runtime.packaged


def test_a_library_of_somebody_else_tells_nothing(find: Find, binary: Binary) -> None:
    (runtime,) = find(
        {
            "usr/bin/python3.12": b"\x7fELF small",
            "usr/lib/some-tool/lib/libpython3.12.so.1.0": binary(b"\x003.12.14\x00"),
        }
    )

    assert runtime.version == "3.12"


def test_debian_keeps_packages_in_folders_of_its_own(find: Find, binary: Binary) -> None:
    packages = "usr/lib/python3/dist-packages"
    (runtime,) = find(
        {
            "usr/bin/python3.11": binary(b"\x003.11.2\x00"),
            f"{packages}/pip-23.0.1.dist-info/METADATA": b"x",
            f"{packages}/setuptools-66.1.1.egg-info/PKG-INFO": b"x",
            f"{packages}/pkg_resources/__init__.py": b"x",
            f"{packages}/wheel-0.38.4-py3.11.egg-info": b"x",
            "var/lib/dpkg/status": b"x",
        }
    )

    assert [(tool.name, tool.version) for tool in runtime.bundled] == [
        ("pip", "23.0.1"),
        ("setuptools", "66.1.1"),
        ("wheel", "0.38.4"),
    ]
    assert f"{packages}/pkg_resources" in runtime.bundled[1].roots
    assert runtime.packaged


def test_two_installations(find: Find, binary: Binary) -> None:
    own, packaged = find(
        {
            "usr/bin/python3.11": binary(b"\x003.11.2\x00"),
            "usr/local/bin/python3.13": binary(b"\x003.13.14\x00"),
            "var/lib/dpkg/status": b"x",
        }
    )

    assert (own.version, own.packaged) == ("3.13.14", False)
    assert (packaged.version, packaged.packaged) == ("3.11.2", True)


def test_a_folder_of_its_own_belongs_to_it_whole(find: Find, binary: Binary) -> None:
    files: Files = {
        "root/.pyenv/versions/3.12.1/bin/python3.12": binary(b"\x003.12.1\x00"),
        "root/.pyenv/versions/3.12.1/lib/python3.12/os.py": b"x",
    }
    (runtime,) = find(files)
    (conda,) = find(
        {
            "opt/conda/bin/python3.12": binary(b"\x003.12.1\x00"),
            "opt/conda/lib/python3.12/os.py": b"x",
            "opt/conda/conda-meta/history": b"x",
        }
    )

    assert runtime.roots == ("root/.pyenv/versions/3.12.1",)
    assert conda.roots == ("opt/conda/bin/python3.12", "opt/conda/lib/python3.12")


@pytest.mark.parametrize(
    "files",
    [
        {"venv/bin/python3.12": b"\x7fELF \x003.12.1\x00", "venv/pyvenv.cfg": b"home = /usr/bin"},
        {"venv/bin/python3.12": "/usr/local/bin/python3.12"},
        {"root/.pyenv/shims/bin/python3.12": b"#!/bin/bash"},
        {"usr/bin/python3.12-config": b"\x7fELF"},
        {"usr/lib/libpython3.12.so.1.0": b"\x7fELF \x003.12.1\x00"},
    ],
)
def test_what_is_no_installation(find: Find, files: Files) -> None:
    assert find(files) == ()
