"""Profiles of bases: what is in them, and that a proof needs no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.binaries.abi_profile import WANTS, read_abi_profile
from bedplate.binaries.abi_profile_codec import decode_profile, encode_profile
from bedplate.binaries.elf import read_elf
from bedplate.binaries.elf_extract import ELF_FACTS, take_elf, unpack_elf
from bedplate.binaries.library_world import loader_of
from bedplate.binaries.library_worlds import (
    FileLibraries,
    LayeredLibraries,
    ProfileLibraries,
    TreeLibraries,
)
from bedplate.binaries.process import start
from bedplate.errors import InvalidDocument
from bedplate.model.abi_profile import AbiProfile, MainProgram, UserAccount
from bedplate.model.runtime import Runtime
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol
from bedplate.testing.sample_roots import GLIBC, GLIBC_FILES, LIBC, glibc, library, program, run
from bedplate.testing.tree_builder import MemoryTree

_PYTHON = "usr/local/bin/python3.11"
_FILES: dict[str, bytes | str] = {
    "usr/bin/sh": program("libc.so.6"),
    "bin": "usr/bin",
    "usr/lib/x86_64-linux-gnu/libz.so.1": "libz.so.1.3",
    "usr/lib/x86_64-linux-gnu/libz.so.1.3": library("libc.so.6", soname="libz.so.1"),
    "etc/passwd": b"root:x:0:0:root:/root:/bin/sh\nodd\nnode:x:1000:1000::/home/node:\n",
    "etc/group": b"root:x:0:\nnode:x:1000:\n",
    "etc/nsswitch.conf": b"hosts: files dns\n",
    "etc/ssl/certs/ca-certificates.crt": b"---",
    "usr/share/zoneinfo/Europe/Berlin": b"TZif2",
    _PYTHON: program("libpython3.11.so.1.0", runpath="$ORIGIN/../lib/private"),
    "usr/local/lib/private/libpython3.11.so.1.0": ElfBuilder(
        soname="libpython3.11.so.1.0", symbols=(ElfSymbol("Py_Initialize"),)
    ).build(),
    "usr/local/lib/python3.11/lib-dynload/_x.cpython-311-x86_64-linux-gnu.so": b"",
    "usr/bin/node": program("libc.so.6"),
}
_MODES = dict.fromkeys(("usr/bin/sh", "usr/bin/node", _PYTHON), 0o755)
_RUNTIMES = (
    Runtime("python", "Python", "3.11.9", _PYTHON),
    Runtime("node", "Node.js", "20.18.0", "usr/bin/node"),
    Runtime("go", "Go", "1.22", "usr/local/go/bin/go"),
)


@pytest.fixture(name="world")
def _world() -> TreeLibraries:
    return glibc(_FILES, folders=("tmp",), modes=_MODES)


@pytest.fixture(name="profile")
def _profile(world: TreeLibraries) -> AbiProfile:
    return read_abi_profile(world, _RUNTIMES)


def test_what_a_base_offers(profile: AbiProfile) -> None:
    assert [loader.path for loader in profile.loaders] == [GLIBC]
    assert profile.machine == 62
    assert set(profile.libraries) == {
        "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
        "usr/lib/x86_64-linux-gnu/libc.so.6",
        "usr/lib/x86_64-linux-gnu/libz.so.1.3",
        "usr/local/lib/private/libpython3.11.so.1.0",
        "usr/bin/node",
        _PYTHON,
    }
    assert profile.libraries["usr/lib/x86_64-linux-gnu/libc.so.6"].versions_defined == (
        *("GLIBC_2.2.5", "GLIBC_2.34"),
    )
    assert profile.commands == (_PYTHON, "usr/bin/node", "usr/bin/sh")
    assert profile.shells == ("bin/sh",)
    assert profile.certificates == "etc/ssl/certs/ca-certificates.crt"
    assert profile.time_zones == "usr/share/zoneinfo"
    assert profile.users == (
        UserAccount("root", 0, 0, "/root", "/bin/sh"),
        UserAccount("node", 1000, 1000, "/home/node"),
    )
    assert profile.groups == {"root": 0, "node": 1000}
    assert profile.temporary == ()  # the folder is there, but not everybody may write to it
    assert profile.files == ("etc/nsswitch.conf", "etc/passwd", "etc/group")


def test_main_programs(profile: AbiProfile) -> None:
    suffix = ".cpython-311-x86_64-linux-gnu.so"
    assert profile.main_programs == (
        MainProgram("python", _PYTHON, "3.11.9", suffix=suffix),
        MainProgram("node", "usr/bin/node", "20.18.0", 9, 115, lazy=True),
    )


def test_a_profile_survives_being_written(profile: AbiProfile) -> None:
    read = decode_profile(encode_profile(profile), "x")
    assert read.loaders == profile.loaders
    assert read.libraries == profile.libraries
    assert read == profile


def test_a_profile_answers_as_its_tree_does(world: TreeLibraries, profile: AbiProfile) -> None:
    other = ProfileLibraries(decode_profile(encode_profile(profile), "x"))
    for path in (
        *profile.libraries,
        *profile.links,
        "lib/x86_64-linux-gnu/libz.so.1",
        "usr/../lib/x86_64-linux-gnu/./libz.so.1",
        "bin/node",
        "absent",
    ):
        assert other.library(path) == world.library(path), path


def test_an_application_upon_a_profile(profile: AbiProfile) -> None:
    own = {
        "app/main": read_elf(program("libz.so.1", "libown.so", rpath="$ORIGIN")),
        "app/libown.so.2": read_elf(library("libc.so.6")),
    }
    app = FileLibraries(own, {"app/libown.so": "app/libown.so.2"})
    world = LayeredLibraries(app, ProfileLibraries(profile))
    main = world.library("app/main")
    assert main is not None
    loader = loader_of(world, main.elf.interpreter)
    assert loader is not None
    process = start(world, main, loader)
    assert [one.path for one in process.objects[1:3]] == [
        "lib/x86_64-linux-gnu/libz.so.1",
        "app/libown.so",
    ]
    assert not process.missing


def test_facts_taken_while_a_layer_streams_by() -> None:
    taken = take_elf(LIBC)
    assert taken is not None
    assert unpack_elf(taken, "libc.so.6") == read_elf(LIBC)
    assert take_elf(b"text that names \x7fELF") is None
    assert any(want.extract is ELF_FACTS for want in WANTS)


def test_a_tree_that_kept_facts_and_no_bytes() -> None:
    class Kept(MemoryTree):
        def read(self, path: str) -> bytes | None:
            return super().read(path) if "ld-linux" in path else None

        def extracts(self, name: str) -> list[tuple[str, bytes]]:
            assert name == ELF_FACTS.name
            contents = self._content.items()
            found = ((path, take_elf(content)) for path, content in contents)
            return [(path, taken) for path, taken in found if taken]

    tree = Kept(GLIBC_FILES | {"app": program("libc.so.6"), "etc/broken": b"\x7fEL"})
    assert len(run(TreeLibraries(tree)).objects) == 3


def test_bytes_of_names_that_are_not_utf_8() -> None:
    elf = read_elf(ElfBuilder(soname="lib\udcff.so", symbols=(ElfSymbol("\udcfe"),)).build())
    profile = AbiProfile(libraries={"lib/\udcff.so": elf})
    assert decode_profile(encode_profile(profile), "x") == profile


def test_a_library_that_cannot_be_read_is_told() -> None:
    world = glibc({"usr/lib/libx.so": LIBC[:200]})
    assert world.library("usr/lib/libx.so") is None
    assert [one.what for one in world.skipped] == ["usr/lib/libx.so"]


@pytest.mark.parametrize("content", [b"", b"{}", encode_profile(AbiProfile())[:-6]])
def test_what_is_no_profile(content: bytes) -> None:
    with pytest.raises(InvalidDocument, match=r"^profile.zst"):
        decode_profile(content, "profile.zst")


@given(st.binary(max_size=100))
def test_any_bytes(content: bytes) -> None:
    with pytest.raises(InvalidDocument):
        decode_profile(content, "x")
