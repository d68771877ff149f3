"""Files that somebody damaged on purpose are judged or told, and never stop a proof."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.errors import BadInput
from bedplate.flows.proof_base import WANTS
from bedplate.proving import prove
from bedplate.proving.app_extract import take_app_file, unpack_app_file
from bedplate.proving.platform_names import parse_platform
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol
from bedplate.testing.sample_roots import GLIBC_FILES
from bedplate.testing.tree_builder import MemoryTree

BASE = MemoryTree(GLIBC_FILES, wants=WANTS)
SOUND = ElfBuilder(
    interpreter="/lib64/ld-linux-x86-64.so.2",
    needed=("libc.so.6",),
    needs={"libc.so.6": ("GLIBC_2.34",)},
    symbols=(
        ElfSymbol("printf", defined=False, version="GLIBC_2.34", relocations=(7,)),
        ElfSymbol("napi_register_module_v1"),
    ),
).build()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.integers(0, 255)), max_size=8),
    st.integers(5, len(SOUND)),
)
def test_damaged_files(changes: list[tuple[int, int]], size: int) -> None:
    data = bytearray(SOUND)
    for place, value in changes:
        data[place] = value
    name = "app/node_modules/x/x.node"
    manifest = {"app/node_modules/x/package.json": b'{"name": "x"}'}
    proofs = prove({name: bytes(data[:size]), **manifest}, BASE)
    assert len(proofs) <= 1


@settings(max_examples=100, deadline=None)
@given(st.integers(5, len(SOUND)))
def test_cut_off_files_are_refused_or_kept(size: int) -> None:
    with contextlib.suppress(BadInput):
        assert take_app_file(SOUND[:size])


def test_what_layers_keep_says_the_same_as_the_bytes() -> None:
    taken = take_app_file(SOUND)
    assert taken is not None
    file = unpack_app_file(taken, "x.node")
    assert file.contents.addon is not None
    assert file.read_kinds([b"printf", b"absent"]).keys() == {b"printf"}


@given(st.text(max_size=200))
def test_any_name_can_be_taken_apart(name: str) -> None:
    assert parse_platform(name).libc in ("", "musl", "glibc")
