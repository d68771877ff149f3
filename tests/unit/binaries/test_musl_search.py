"""Libraries are found where musl's loader finds them."""

from __future__ import annotations

import pytest

from bedplate.binaries.process import MissingLibrary
from bedplate.testing.sample_roots import LIBC, MUSL, library, musl, opened, program, run

_X = library(soname="libx.so.1")


def _program(*needed: str, rpath: str = "", runpath: str = "") -> bytes:
    return program(*needed, loader=MUSL, rpath=rpath, runpath=runpath)


@pytest.mark.parametrize("folder", ["lib", "usr/local/lib", "usr/lib"])
def test_default_folders(folder: str) -> None:
    files = {"app": _program("libx.so.1"), f"{folder}/libx.so.1": _X}
    assert opened(run(musl(files))) == [f"{folder}/libx.so.1"]


def test_the_path_file_stands_in_for_default_folders() -> None:
    files = {
        "app": _program("libx.so.1", "liby.so"),
        "etc/ld-musl-x86_64.path": b"/opt/a:/opt/b\n/opt/c\n",
        "opt/c/libx.so.1": _X,
        "usr/lib/liby.so": library(),
    }
    process = run(musl(files))
    assert opened(process) == ["opt/c/libx.so.1"]
    assert process.missing == (MissingLibrary("liby.so", "app"),)


@pytest.mark.parametrize("name", ["libc.so", "libc.so.6", "libm.so.6", "libpthread.so.0"])
def test_names_that_are_libc_itself(name: str) -> None:
    assert opened(run(musl({"app": _program(name), f"usr/lib/{name}": LIBC}))) == [MUSL]


@pytest.mark.parametrize("name", ["ld-linux-x86-64.so.2", "libresolv.so.2", "libcrypt.so.1"])
def test_names_of_glibc_that_are_not(name: str) -> None:
    assert run(musl({"app": _program(name)})).missing == (MissingLibrary(name, "app"),)


def test_libc_under_its_own_name_is_not_loaded_twice() -> None:
    assert opened(run(musl({"app": _program("libc.musl-x86_64.so.1", "libc.so")}))) == [MUSL]


@pytest.mark.parametrize("kind", ["rpath", "runpath"])
def test_both_paths_are_inherited(kind: str) -> None:
    files = {
        "app/main": _program("liby.so", **{kind: "$ORIGIN/lib"}),
        "app/lib/liby.so": library("libx.so.1"),
        "app/lib/libx.so.1": _X,
    }
    assert opened(run(musl(files), "app/main")) == ["app/lib/liby.so", "app/lib/libx.so.1"]


def test_a_variable_that_musl_does_not_know_voids_the_path() -> None:
    files = {"app": _program("libx.so.1", rpath="/opt:/opt/$LIB"), "opt/libx.so.1": _X}
    assert run(musl(files)).missing
    files["app"] = _program("libx.so.1", rpath="/opt:/opt/lib")
    assert not run(musl(files)).missing


def test_names_are_compared_and_sonames_are_not() -> None:
    files = {
        "app": _program("liba.so", "libx.so.1"),
        "usr/lib/liba.so": library(soname="libx.so.1"),
        "usr/lib/libx.so.1": _X,
    }
    assert opened(run(musl(files))) == ["usr/lib/liba.so", "usr/lib/libx.so.1"]


def test_the_same_file_under_two_names_is_loaded_once() -> None:
    files = {"app": _program("liba.so", "libb.so"), "usr/lib/liba.so": library()}
    files["usr/lib/libb.so"] = "liba.so"  # type: ignore[assignment]
    assert opened(run(musl(files))) == ["usr/lib/liba.so"]


def test_the_first_name_counts_in_a_process() -> None:
    files = {
        "app": _program("lib/libx.so.1", "libx.so.1"),
        "lib/libx.so.1": _X,
        "usr/lib/libx.so.1": library(),
    }
    assert opened(run(musl(files))) == ["lib/libx.so.1"]


def test_an_opened_library_brings_libc_into_a_program_without_it() -> None:
    world = musl({"app": _program(), "addon.so": library("libc.so")})
    addon = world.library("addon.so")
    assert addon is not None
    process = run(world)
    assert opened(process) == []
    assert [one.path for one in process.open(addon).added] == ["addon.so", MUSL]
