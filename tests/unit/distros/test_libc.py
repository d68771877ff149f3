"""The C libraries of a root file system."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bedplate.distros.libc import WANTS, find_libcs
from bedplate.model.base_facts import Libc
from bedplate.testing.tree_builder import MemoryTree


def _glibc(version: str, words: str = "(Debian GLIBC 2.36-9) stable") -> bytes:
    banner = f"GNU C Library {words} release version {version}.\nCopyright (C) 2022"
    return b"\x7fELF" + b"\0" * 9000 + banner.encode() + b"\0" * 9000


def _musl(version: str) -> bytes:
    return b"\x7fELF\0" + b"\0" * 900 + f"\0{version}\0".encode() + b"musl libc (x86_64)\0"


def _find(files: dict[str, bytes | str]) -> tuple[Libc, ...]:
    return find_libcs(MemoryTree(files, WANTS))


@pytest.mark.parametrize(
    "path",
    [
        "lib/x86_64-linux-gnu/libc.so.6",
        "usr/lib/aarch64-linux-gnu/libc.so.6",
        "lib/arm-linux-gnueabihf/libc.so.6",
        "usr/lib64/libc.so.6",
        "lib64/libc.so.6",
        "lib/libc.so.6",
        "nix/store/abcdef-glibc-2.39-52/lib/libc.so.6",
    ],
)
def test_glibc_where_loaders_look(path: str) -> None:
    assert _find({path: _glibc("2.36")}) == (Libc("glibc", "2.36", path),)


@pytest.mark.parametrize(
    ("words", "version"),
    [
        ("(Ubuntu GLIBC 2.39-0ubuntu8.6) stable", "2.39"),
        ("(GNU libc) stable", "2.34"),
        ("(GNU libc) development", "2.40.9000"),
    ],
)
def test_glibc_banners(words: str, version: str) -> None:
    (libc,) = _find({"lib64/libc.so.6": _glibc(version, words)})

    assert libc.version == version


def test_an_old_glibc_has_its_version_in_the_file_name() -> None:
    link = {"lib/x86_64-linux-gnu/libc.so.6": "libc-2.31.so"}

    stripped = _find({**link, "lib/x86_64-linux-gnu/libc-2.31.so": b"\x7fELF"})
    whole = _find({**link, "lib/x86_64-linux-gnu/libc-2.31.so": _glibc("2.31")})

    assert stripped == whole == (Libc("glibc", "2.31", "lib/x86_64-linux-gnu/libc.so.6"),)


def test_one_library_behind_a_merged_usr_counts_once() -> None:
    files: dict[str, bytes | str] = {
        "lib": "usr/lib",
        "lib64": "usr/lib64",
        "usr/lib64/libc.so.6": _glibc("2.41"),
    }

    assert _find(files) == (Libc("glibc", "2.41", "lib64/libc.so.6"),)


def test_a_second_architecture_of_the_same_library_adds_nothing() -> None:
    files: dict[str, bytes | str] = {
        "lib/x86_64-linux-gnu/libc.so.6": _glibc("2.36"),
        "lib/i386-linux-gnu/libc.so.6": _glibc("2.36"),
        "lib32/libc.so.6": b"\x7fELF unreadable",
    }

    assert [(libc.name, libc.version) for libc in _find(files)] == [("glibc", "2.36")]


@pytest.mark.parametrize("version", ["1.2.5", "1.1.24", "0.9.15", "1.2.5-git-12-g1234abc"])
def test_musl_in_its_loader(version: str) -> None:
    files: dict[str, bytes | str] = {
        "lib/ld-musl-x86_64.so.1": _musl(version),
        "lib/libc.musl-x86_64.so.1": "ld-musl-x86_64.so.1",
    }

    assert _find(files) == (Libc("musl", version, "lib/ld-musl-x86_64.so.1"),)


def test_musl_beside_glibc_comes_second() -> None:
    files: dict[str, bytes | str] = {
        "lib": "usr/lib",
        "usr/lib/x86_64-linux-gnu/libc.so.6": _glibc("2.36"),
        "usr/lib/ld-musl-x86_64.so.1": "x86_64-linux-musl/libc.so",
        "usr/lib/x86_64-linux-musl/libc.so": _musl("1.2.3"),
        "usr/lib/x86_64-linux-gnu/libc.so": b"/* GNU ld script */ \x001.2.3\x00",
    }

    assert [(libc.name, libc.version) for libc in _find(files)] == [
        ("glibc", "2.36"),
        ("musl", "1.2.3"),
    ]


def test_glibc_beside_musl_comes_second() -> None:
    files: dict[str, bytes | str] = {
        "lib/ld-musl-x86_64.so.1": _musl("1.2.5"),
        "usr/glibc-compat/lib/libc.so.6": _glibc("2.35"),
    }

    assert [libc.name for libc in _find(files)] == ["musl", "glibc"]


def test_a_version_that_is_not_there_stays_unknown() -> None:
    (libc,) = _find({"lib/ld-musl-aarch64.so.1": b"\x7fELF stripped of everything"})

    assert libc == Libc("musl", "", "lib/ld-musl-aarch64.so.1")


def test_uclibc_by_its_file_name() -> None:
    files: dict[str, bytes | str] = {
        "lib/ld64-uClibc-1.0.52.so": b"\x7fELF",
        "lib/libuClibc-1.0.52.so": b"\x7fELF",
    }

    assert [(libc.name, libc.version) for libc in _find(files)] == [("uclibc", "1.0.52")]


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"app/vendor/libc.so.6": _glibc("2.36")},
        {"opt/toolchain/sysroot/lib64/libc.so.6": _glibc("2.17")},
        {"lib64/libc.so.6": "nowhere"},
        {"lib/ld-musl-x86_64.so.1": "libc.so"},
        # Alpine's gcompat: the loader's name, but no library
        {"lib/ld-linux-x86-64.so.2": b"\x7fELF"},
    ],
)
def test_none(files: dict[str, bytes | str]) -> None:
    assert _find(files) == ()


def test_the_library_that_runs_this_test() -> None:
    """What this process has loaded is read as the C library itself says."""
    maps = Path("/proc/self/maps").read_text().splitlines()
    paths = {line.split(maxsplit=5)[5] for line in maps if line.count("/") and ".so" in line}
    loaded = next(p for p in sorted(paths) if p.endswith("/libc.so.6") or "ld-musl" in p)
    libcs = _find({loaded.removeprefix("/"): Path(loaded).read_bytes()})

    if "ld-musl" in loaded:
        assert [libc.name for libc in libcs] == ["musl"]
        assert libcs[0].version
    else:
        said = os.confstr("CS_GNU_LIBC_VERSION")
        assert [f"{libc.name} {libc.version}" for libc in libcs] == [said]
