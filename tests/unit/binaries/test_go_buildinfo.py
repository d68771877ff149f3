"""Build information of Go programs, in both forms."""

from __future__ import annotations

from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.binaries.go_buildinfo import GoModule, parse_build_info, read_go_buildinfo
from bedplate.binaries.go_program import GoUse, go_uses, go_version_text, is_go_program
from bedplate.testing.elf_builder import ElfBuilder

_LISTED = """\
path\texample.org/shop/cmd/shop
mod\texample.org/shop\t(devel)\t
dep\tgolang.org/x/net\tv0.30.0\th1:AcW=
dep\tgithub.com/a/b\tv1.0.0
=>\tgithub.com/fork/b\tv1.0.1\th1:Def=
build\t-buildmode=exe
build\t-tags=netgo,osusergo
build\tCGO_ENABLED=1
build\tvcs.revision=abc
"""
_START = bytes.fromhex("3077af0c9274080241e1c107e6d618e6")
_END = bytes.fromhex("f932433186182072008242104116d8f2")
_FRAMED = _START + _LISTED.encode() + _END
_DATA = 0x10000000


def _varint(number: int) -> bytes:
    out = b""
    while number > 0x7F:
        out += bytes((number & 0x7F | 0x80,))
        number >>= 7
    return out + bytes((number,))


def _inline(version: bytes, listed: bytes = _FRAMED) -> bytes:
    head = b"\xff Go buildinf:" + bytes((0, 2)) + bytes(16)
    return head + _varint(len(version)) + version + _varint(len(listed)) + listed


def _go(record: bytes) -> bytes:
    return ElfBuilder(data=record, dynamic=False, type="executable").build()


def _pointed(order: str) -> bytes:
    """Write the form before Go 1.18: pointers to strings, each an address and a length."""
    empty = _go(bytes(16))
    start = _DATA + empty.rindex(bytes(16))
    version = b"go1.17.13"
    texts = 32 + 32
    head = b"\xff Go buildinf:" + bytes((8, 1 if order == ">" else 0))
    head += pack(order + "QQ", start + 32, start + 48)
    head += pack(order + "QQ", start + texts, len(version))
    head += pack(order + "QQ", start + texts + len(version), len(_FRAMED))
    return _go(head + version + _FRAMED)


@pytest.mark.parametrize(
    "data",
    [_go(_inline(b"go1.22.3")), _pointed("<"), _pointed(">")],
    ids=["inline", "pointers", "big-endian pointers"],
)
def test_modules_and_settings(data: bytes) -> None:
    info = read_go_buildinfo(data)
    assert info is not None
    assert info.version in ("go1.22.3", "go1.17.13")
    assert info.path == "example.org/shop/cmd/shop"
    assert info.main == GoModule("example.org/shop", "(devel)")
    asked = GoModule("github.com/a/b", "v1.0.0")
    assert info.modules == (
        GoModule("golang.org/x/net", "v0.30.0", "h1:AcW="),
        GoModule("github.com/fork/b", "v1.0.1", "h1:Def=", asked),
    )
    assert info.settings["-buildmode"] == "exe"
    assert info.tags == {"netgo", "osusergo"}
    assert info.cgo is True


def test_a_view_is_read_as_bytes_are() -> None:
    data = _go(_inline(b"go1.22.3"))
    assert read_go_buildinfo(memoryview(data)) == read_go_buildinfo(data)


def test_experiments_are_no_part_of_the_version() -> None:
    info = read_go_buildinfo(_go(_inline(b"go1.23.1 X:loopvar")))
    assert info is not None
    assert info.version == "go1.23.1"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no program \xff Go buildinf:",
        _go(b""),
        _go(b"\xff Go buildinf: is what it looks for" + bytes(40)),
        _go(_inline(b"go1.22.3")[:40]),
        _go(b"\xff Go buildinf:" + bytes((0, 2)) + bytes(16) + b"\xff\xff\xff\xff\x7f"),
    ],
)
def test_what_is_no_record(data: bytes) -> None:
    assert read_go_buildinfo(data) is None


def test_nothing_is_said_of_cgo() -> None:
    assert parse_build_info("go1.17", "path\tx").cgo is None


@given(st.binary(max_size=120))
def test_any_bytes_behind_the_magic(rest: bytes) -> None:
    read_go_buildinfo(_go(b"\xff Go buildinf:" + rest))


@given(st.text(alphabet='pathmodepbuild=>\t\n"x1', max_size=200))
def test_any_list(text: str) -> None:
    parse_build_info("go1.22", text)


def test_uses_are_told_by_names_of_functions() -> None:
    names = b"\0main.main\0crypto/x509.(*Certificate).Verify\0time/tzdata.init.0\0"
    strings = (
        b"/etc/ssl/certs/ca-certificates.crt /usr/share/zoneinfo/ os/exec.(*Cmd).Start.func1\0"
    )
    data = ElfBuilder(rodata=names + strings).build()
    assert go_uses(data) == {GoUse.CERTIFICATES, GoUse.TIME_ZONES_INSIDE}


def test_the_note_shows_a_go_program() -> None:
    note = pack("<III", 4, 4, 4) + b"Go\0\0" + b"abcd"
    data = ElfBuilder(dynamic=False, notes={1: bytes(16)}).build()
    size = len(note)
    gnu = data.index(pack("<III", 4, 16, 1))
    assert is_go_program(data[:gnu] + note + data[gnu + size :])
    assert not is_go_program(data)
    assert not is_go_program(b"Go")


def test_the_version_without_build_information() -> None:
    assert go_version_text(b"xx\0go1.20.4\0go1.2") == "1.20.4"
    assert go_version_text(b"go1.20 ") == ""
