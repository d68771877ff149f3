"""Libraries are found where glibc's loader finds them."""

from __future__ import annotations

import posixpath

import pytest

from bedplate.binaries.ld_so_cache import read_ld_so_cache
from bedplate.binaries.link_map import Settings
from bedplate.binaries.process import MissingLibrary
from bedplate.errors import LimitExceeded
from bedplate.testing.sample_roots import cache, glibc, library, opened, program, run

_X = library(soname="libx.so.1")


def test_default_folders_are_those_compiled_into_the_loader() -> None:
    process = run(glibc({"app": program("libx.so.1", "libc.so.6"), "usr/lib/libx.so.1": _X}))
    assert opened(process) == [
        "lib/libx.so.1",
        "lib/x86_64-linux-gnu/libc.so.6",
        "lib64/ld-linux-x86-64.so.2",
    ]
    assert not process.missing


def test_a_folder_of_the_configuration_counts_only_once_it_is_in_the_cache() -> None:
    files = {
        "app": program("libx.so.1"),
        "opt/x/libx.so.1": _X,
        "etc/ld.so.conf": b"include ld.so.conf.d/*.conf\n",
        "etc/ld.so.conf.d/x.conf": b"/opt/x\n",
    }
    assert run(glibc(files)).missing == (MissingLibrary("libx.so.1", "app"),)
    files["etc/ld.so.cache"] = cache("/opt/x/libx.so.1")
    assert opened(run(glibc(files))) == ["opt/x/libx.so.1"]


def test_the_cache_comes_before_default_folders() -> None:
    files = {
        "app": program("libx.so.1"),
        "opt/x/libx.so.1": _X,
        "usr/lib/libx.so.1": _X,
        "etc/ld.so.cache": cache("/opt/x/libx.so.1"),
    }
    assert opened(run(glibc(files))) == ["opt/x/libx.so.1"]


def test_libraries_for_some_processors_only_are_left_out_of_the_cache() -> None:
    content = cache("/lib/libx.so.1", of_processor=("/lib/glibc-hwcaps/x86-64-v3/libx.so.1",))
    assert read_ld_so_cache(content) == ("lib/libx.so.1",)


@pytest.mark.parametrize("content", [b"", b"glibc-ld.so.cache1.1", cache("/a/b.so")[:-9]])
def test_a_damaged_cache_has_nothing(content: bytes) -> None:
    assert "a/b.so" not in read_ld_so_cache(content)


def test_the_order_of_folders() -> None:
    places = ["r/libx.so.1", "e/libx.so.1", "u/libx.so.1", "usr/lib/libx.so.1"]
    files: dict[str, bytes | str] = dict.fromkeys(places, _X)
    settings = Settings(library_path=("e",))
    files["app"] = program("libx.so.1", rpath="/r")
    assert opened(run(glibc(files), settings=settings)) == ["r/libx.so.1"]
    files["app"] = program("libx.so.1", rpath="/r", runpath="/u")
    assert opened(run(glibc(files), settings=settings)) == ["e/libx.so.1"]
    assert opened(run(glibc(files))) == ["u/libx.so.1"]
    files["app"] = program("libx.so.1", runpath="/absent")
    assert opened(run(glibc(files))) == ["lib/libx.so.1"]


def test_rpath_is_inherited_and_runpath_is_not() -> None:
    files = {"app/main": program("liby.so", rpath="$ORIGIN/lib"), "app/lib/libx.so.1": _X}
    files["app/lib/liby.so"] = library("libx.so.1")
    assert opened(run(glibc(files), "app/main")) == ["app/lib/liby.so", "app/lib/libx.so.1"]
    files["app/main"] = program("liby.so", runpath="${ORIGIN}/lib")
    assert run(glibc(files), "app/main").missing == (
        MissingLibrary("libx.so.1", "app/lib/liby.so"),
    )
    files["app/main"] = program("liby.so", rpath="$ORIGIN/lib")
    files["app/lib/liby.so"] = library("libx.so.1", runpath="/absent")
    assert run(glibc(files), "app/main").missing


@pytest.mark.parametrize(
    ("rpath", "place"),
    [
        ("/opt/$LIB", "opt/lib/x86_64-linux-gnu"),
        ("/opt/$PLATFORM", "opt/x86_64"),
        ("$ORIGIN/../opt", "bin/../opt"),
        ("/absent:/opt/a/", "opt/a"),
    ],
)
def test_variables(rpath: str, place: str) -> None:
    real = posixpath.normpath(place)
    files = {"bin/app": program("libx.so.1", rpath=rpath), f"{real}/libx.so.1": _X}
    assert opened(run(glibc(files), "bin/app")) == [f"{place}/libx.so.1"]


def test_a_name_that_is_a_soname_is_not_searched_again() -> None:
    files = {
        "app": program("/opt/odd-name.so", "libx.so.1"),
        "opt/odd-name.so": _X,
        "usr/lib/libx.so.1": library(soname="libx.so.1"),
    }
    assert opened(run(glibc(files))) == ["opt/odd-name.so"]


def test_the_same_file_under_two_names_is_loaded_once() -> None:
    files = {"app": program("liba.so", "libb.so"), "usr/lib/liba.so": library()}
    files["usr/lib/libb.so"] = "liba.so"  # type: ignore[assignment]
    assert opened(run(glibc(files))) == ["lib/liba.so"]


def test_a_library_of_another_processor_is_passed_over() -> None:
    foreign = bytearray(_X)
    foreign[18] = 183
    files = {
        "app": program("libx.so.1", rpath="/arm"),
        "arm/libx.so.1": bytes(foreign),
        "usr/lib/libx.so.1": _X,
    }
    assert opened(run(glibc(files))) == ["lib/libx.so.1"]


def test_folders_for_better_processors() -> None:
    better = "usr/lib/glibc-hwcaps/x86-64-v3/libx.so.1"
    files = {"app": program("libx.so.1"), "usr/lib/libx.so.1": _X, better: _X}
    assert opened(run(glibc(files), settings=Settings(isa_level=3))) == [better[4:]]
    assert opened(run(glibc(files), settings=Settings(isa_level=2))) == ["lib/libx.so.1"]


def test_libraries_that_need_each_other() -> None:
    files = {
        "app": program("liba.so"),
        "usr/lib/liba.so": library("libb.so"),
        "usr/lib/libb.so": library("liba.so"),
    }
    assert opened(run(glibc(files))) == ["lib/liba.so", "lib/libb.so"]


def test_preloaded_libraries_stand_before_needed_ones() -> None:
    files = {"app": program("libc.so.6"), "opt/p.so": library()}
    process = run(glibc(files), settings=Settings.of_environment({"LD_PRELOAD": "/opt/p.so /q.so"}))
    assert opened(process)[0] == "opt/p.so"
    assert process.missing == (MissingLibrary("/q.so", "LD_PRELOAD"),)


def test_an_opened_library_brings_its_own_along() -> None:
    files = {
        "app": program("libc.so.6", rpath="$ORIGIN/lib"),
        "lib.so": library("libz.so", "libc.so.6", "absent.so"),
        "app-lib": b"",
        "usr/lib/libz.so": library(),
    }
    world = glibc(files)
    process = run(world)
    found = world.library("lib.so")
    assert found is not None
    before = opened(process)
    opening = process.open(found)
    assert [one.path for one in opening.added] == ["lib.so", "lib/libz.so"]
    assert opening.missing == (MissingLibrary("absent.so", "lib.so"),)
    assert opened(process) == before
    assert [one.path for one in process.open(found).added] == ["lib.so", "lib/libz.so"]


def test_more_libraries_than_any_program_has() -> None:
    files = {f"usr/lib/l{n}.so": library(f"l{n + 1}.so") for n in range(1100)}
    files["app"] = program("l0.so")
    with pytest.raises(LimitExceeded, match="app brings in more than 1000 libraries"):
        run(glibc(files))


def test_paths_of_thousands_of_folders() -> None:
    folders = ":".join(f"/f{n}" for n in range(4000))
    names = tuple(f"absent{n}.so" for n in range(1000))
    files = {"app": program(*names, rpath=folders)}
    with pytest.raises(LimitExceeded, match="more than 200000 places"):
        run(glibc(files))
