"""Loaders of a tree, and what is compiled into them."""

from __future__ import annotations

from bedplate.binaries.library_world import loader_of
from bedplate.binaries.library_worlds import TreeLibraries
from bedplate.model.loader import LoaderKind
from bedplate.testing.elf_builder import ElfBuilder
from bedplate.testing.sample_roots import GLIBC, LD_LINUX, LD_MUSL, MUSL, glibc, musl
from bedplate.testing.tree_builder import MemoryTree


def test_glibc() -> None:
    (loader,) = glibc({}).loaders
    assert (loader.kind, loader.path, loader.machine) == (LoaderKind.GLIBC, GLIBC, 62)
    assert loader.folders == (
        *("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu", "lib", "usr/lib"),
    )


def test_musl() -> None:
    (loader,) = musl({}).loaders
    assert (loader.kind, loader.path, loader.version) == (LoaderKind.MUSL, MUSL, "1.2.5")
    assert loader.folders == ("lib", "usr/local/lib", "usr/lib")
    assert {b"open64", b"aio_cancel64", b"readdir64_r"} <= loader.hidden_names
    assert b"fcntl64" not in loader.hidden_names


def test_old_musl_has_no_hidden_names_and_reads_no_relr() -> None:
    old = ElfBuilder(rodata=b"\0001.2.3\0").build()
    (loader,) = TreeLibraries(MemoryTree({MUSL: old})).loaders
    assert not loader.hidden_names
    assert not loader.reads_relr


def test_both_loaders_side_by_side() -> None:
    world = TreeLibraries(MemoryTree({MUSL: LD_MUSL, GLIBC: LD_LINUX}))
    assert [loader.kind for loader in world.loaders] == [LoaderKind.MUSL, LoaderKind.GLIBC]
    found = loader_of(world, f"/{GLIBC}")
    assert found is not None
    assert found.kind is LoaderKind.GLIBC


def test_the_stub_of_gcompat_is_no_glibc() -> None:
    stub = ElfBuilder(soname="ld-linux-x86-64.so.2", interpreter=f"/{MUSL}").build()
    world = musl({"lib/ld-linux-x86-64.so.2": stub})
    assert [loader.kind for loader in world.loaders] == [LoaderKind.MUSL]
    assert loader_of(world, "/lib/ld-linux-x86-64.so.2") is None


def test_a_loader_by_another_name() -> None:
    world = glibc({"usr/local/ld.so": "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"})
    found = loader_of(world, "/usr/local/ld.so")
    assert found is not None
    assert found.path == GLIBC


def test_nothing_to_load_with() -> None:
    world = TreeLibraries(MemoryTree({"app": b""}))
    assert world.loaders == ()
    assert loader_of(world, f"/{GLIBC}") is None


def test_a_cache_whose_bytes_were_not_kept_is_made_up_from_the_configuration() -> None:
    files: dict[str, bytes | str] = {
        GLIBC: LD_LINUX,
        "etc/ld.so.cache": b"",
        "etc/ld.so.conf": b"# none\ninclude /etc/ld.so.conf.d/*.conf\n/last\n",
        "etc/ld.so.conf.d/a.conf": b"/opt/a # comment\ninclude /etc/ld.so.conf\n",
        "etc/ld.so.conf.d/b.txt": b"/opt/b\n",
    }
    tree = MemoryTree(files)
    world = TreeLibraries(tree, lambda path: None if "cache" in path else tree.read(path))
    (loader,) = world.loaders
    assert loader.folders[:3] == ("last", "opt/a", "lib/x86_64-linux-gnu")
