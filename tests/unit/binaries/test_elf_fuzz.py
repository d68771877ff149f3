"""Damaged ELF files: one clear error or a value, never anything else, and soon."""

from __future__ import annotations

import mmap
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.binaries.dlopen_hints import dlopen_hints
from bedplate.binaries.elf import read_elf, relocation_kinds
from bedplate.binaries.embedded import find_embedded
from bedplate.binaries.go_buildinfo import read_go_buildinfo
from bedplate.binaries.go_program import go_version_text, is_go_program
from bedplate.binaries.node_addon import read_node_addon
from bedplate.errors import InvalidBinary
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol

_OWN = ElfBuilder(
    interpreter="/lib/ld.so",
    needed=("libc.so.6",),
    needs={"libc.so.6": ("GLIBC_2.34",)},
    defines=("X_1",),
    symbols=(
        ElfSymbol("exp", defined=False, version="GLIBC_2.34", relocations=(7,)),
        ElfSymbol("start", version="X_1"),
    ),
    notes={1: bytes(16)},
    data=bytes(64),
).build()

# headers and dynamic tables stand at the beginning of what linkers write, or at its end
_PYTHON = Path(sys.executable).resolve().read_bytes()[: 4 * 1024 * 1024]

_EDITS = st.lists(
    st.tuples(st.integers(0, 1 << 32), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6
)


def _damaged(content: bytes, edits: list[tuple[int, bytes]], within: int) -> bytes:
    damaged = bytearray(content)
    for place, replacement in edits:
        start = place % within
        damaged[start : start + len(replacement)] = replacement
    return bytes(damaged)


def _read(data: bytes | memoryview) -> None:
    try:
        read_elf(data)
        relocation_kinds(data, [b"exp", b"malloc"])
    except InvalidBinary as error:
        assert "\n" not in str(error)  # noqa: PT017 - a file may also be fine


@given(_EDITS)
@settings(max_examples=400, deadline=None)
def test_a_small_file_with_changed_bytes(edits: list[tuple[int, bytes]]) -> None:
    _read(_damaged(_OWN, edits, len(_OWN)))


@given(_EDITS, st.integers(0, len(_PYTHON)))
@settings(max_examples=60, deadline=None)
def test_the_interpreter_with_changed_headers(edits: list[tuple[int, bytes]], end: int) -> None:
    _read(_damaged(_PYTHON[: max(end, 2048)], edits, 2048))


@given(st.integers(0, len(_OWN)))
def test_a_file_that_is_cut_off(end: int) -> None:
    _read(_OWN[:end])


@given(st.binary(max_size=400))
def test_any_bytes_behind_a_good_beginning(rest: bytes) -> None:
    _read(_OWN[:16] + rest)


@pytest.mark.parametrize("content", [_OWN, _OWN[:90], b"\x7fELF", _PYTHON])
def test_nothing_holds_a_mapped_file_open(content: bytes) -> None:
    """Whatever becomes of the reading: a mapping that something holds can't be closed."""
    with mmap.mmap(-1, len(content)) as mapped:
        mapped.write(content)
        with memoryview(mapped) as view:
            _read(view)
            read_go_buildinfo(view)
            is_go_program(view)
            go_version_text(view)
            dlopen_hints(view)
            find_embedded(view)
            with suppress(InvalidBinary):
                read_node_addon(view, read_elf(view))
