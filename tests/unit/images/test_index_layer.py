"""One pass over a layer: what is listed, kept, found, refused."""

from __future__ import annotations

import contextlib
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import CorruptImage, InvalidDocument, LimitExceeded
from bedplate.images.index_layer import index_layer, normalise
from bedplate.images.layer_index import LayerIndex, decode
from bedplate.images.limits import Limits
from bedplate.images.searching import search_pieces
from bedplate.images.selection import Selection
from bedplate.model.want import Want
from bedplate.testing.layer_builder import hard_link, layer_tar, pack

LIMITS = Limits()


def index(content: bytes, *wants: Want, limits: Limits = LIMITS) -> LayerIndex:
    return index_layer(io.BytesIO(content), "a layer", Selection(wants), limits)


@pytest.mark.parametrize("compression", ["gzip", "zstd", "none"])
def test_layers_are_read_however_they_are_packed(compression: str) -> None:
    content = pack(layer_tar({"etc/os-release": b"ID=x", "etc/other": b"no"}), compression)
    layer = index(content, Want("etc/os-release"))
    assert layer.paths == ["etc/os-release", "etc/other"]
    assert list(layer.sizes) == [4, 2]
    assert layer.kept == {0: b"ID=x"}


def test_gzip_members_and_zstd_frames_may_be_several() -> None:
    tar = layer_tar({"a": b"1" * 5000, "b": b"2"})
    half = len(tar) // 2
    for kind in ("gzip", "zstd"):
        content = pack(tar[:half], kind) + pack(tar[half:], kind)
        assert index(content).paths == ["a", "b"]


def test_only_what_a_want_asks_for_is_kept() -> None:
    files = {
        "app/node_modules/a/package.json": b"{}",
        "app/package.json": b"[]",
        "var/lib/dpkg/info/bash.list": b"/bin",
        "var/lib/dpkg/info/bash.md5sums": b"no",
        "var/lib/dpkg/status.d/base": b"Package: base",
        "lib/libc-2.31.so": b"elf",
    }
    layer = index(
        layer_tar(files),
        Want("**/node_modules/**/package.json"),
        Want("var/lib/dpkg/info/*.list"),
        Want("var/lib/dpkg/status.d/*"),
        Want("**/libc-*.so"),
    )
    kept = {layer.paths[number] for number in layer.kept}
    assert kept == set(files) - {"app/package.json", "var/lib/dpkg/info/bash.md5sums"}


def test_too_large_files_are_refused_aloud_or_kept_in_part() -> None:
    content = layer_tar({"big": b"0123456789", "small": b"01"})
    layer = index(content, Want("big", limit=5), Want("small", limit=5))
    assert layer.kept == {1: b"01"}
    assert layer.refused == [("big", "10 bytes are more than is read of it")]
    assert index(content, Want("big", limit=5, head=True)).kept == {0: b"01234"}


def test_a_search_keeps_its_answer_and_nothing_else() -> None:
    binary = b"\0" * 3_000_000 + b"release v20.11.1/" + b"\0" * 2_000_000
    want = Want("**/bin/node", limit=10_000_000, search=rb"v([\d.]+)/", needle=b"release v")
    layer = index(layer_tar({"usr/bin/node": binary, "usr/bin/x": b"1"}), want)
    assert (layer.kept, layer.found) == ({}, {0: b"20.11.1"})
    assert layer.paths[1] == "usr/bin/x"


@given(st.integers(0, 6000), st.lists(st.integers(1, 5000), min_size=1, max_size=8), st.booleans())
def test_a_search_finds_its_answer_wherever_the_pieces_part(
    before: int,
    cuts: list[int],
    with_needle: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    content = b"." * before + b"GNU C Library (x) stable release version 2.36." + b"." * 5000
    want = Want(
        "x",
        limit=10**6,
        search=rb"GNU C Library[^\n]{0,80}version (\d+\.\d+)",
        needle=b"GNU C Library" if with_needle else b"",
    )
    pieces = []
    for cut in cuts:
        pieces.append(content[:cut])
        content = content[cut:]
    assert search_pieces([want], [*pieces, content]) == b"2.36"


def test_whiteouts_are_not_files() -> None:
    layer = index(layer_tar({"a/b": b""}, whiteouts=["a/gone", "top"], opaque=["a/new", ""]))
    assert layer.paths == ["a/b"]
    assert (layer.whiteouts, layer.opaque) == (["a/gone", "top"], ["a/new", ""])


def test_names_are_from_the_root_and_never_leave_it() -> None:
    content = layer_tar({"./usr//bin/./sh": b"", "/etc/x/../y": b"", "../../etc/shadow": b"x"})
    layer = index(content)
    assert layer.paths == ["usr/bin/sh", "etc/y"]
    assert layer.refused == [("../../etc/shadow", "its path leaves the root")]


@given(st.text(alphabet="ab./", max_size=40))
def test_normal_paths_stay_normal_and_have_no_dots(path: str) -> None:
    normal = normalise(path)
    if normal is not None:
        assert normalise(normal) == normal
        assert not {"", ".", ".."} & set(normal.split("/")) or normal == ""


def test_hard_links_point_from_the_root_and_weigh_nothing() -> None:
    layer = index(layer_tar({"a/x": b"12345", "b": hard_link("./a/x")}))
    assert layer.links == {1: "a/x"}
    assert layer.disk_size() == 5


def test_unknown_entry_types_are_said() -> None:
    odd = tarfile.TarInfo()
    odd.type = b"V"
    layer = index(layer_tar({"label": odd, "a": b""}))
    assert (layer.paths, layer.refused) == (
        ["a"],
        [("label", "a tar entry of the unknown type 'V'")],
    )


@pytest.mark.parametrize("compression", ["gzip", "zstd"])
def test_a_bomb_is_refused(compression: str) -> None:
    bomb = pack(b"\0" * 40_000_000, compression)
    header = tarfile.TarInfo("zeros")
    header.size = 40_000_000
    bomb = pack(header.tobuf() + b"\0" * 40_000_000, compression)
    with pytest.raises(LimitExceeded, match="bomb"):
        index(bomb, limits=Limits(ratio=100, ratio_from=1_000_000))


def test_more_than_the_limits_is_refused() -> None:
    many = layer_tar({f"f{number}": b"" for number in range(50)})
    with pytest.raises(LimitExceeded, match="more than 40 entries"):
        index(many, limits=Limits(entries=40))
    with pytest.raises(LimitExceeded, match="names"):
        index(layer_tar({"x" * 300: b""}), limits=Limits(name_bytes=200))
    with pytest.raises(LimitExceeded, match="bytes unpacked"):
        index(many, limits=Limits(layer_bytes=10_000))
    with pytest.raises(LimitExceeded, match="package data"):
        index(layer_tar({"a": b"x" * 100}), Want("a"), limits=Limits(kept_bytes=50))


@pytest.mark.parametrize("compression", ["gzip", "zstd", "none"])
def test_a_truncated_layer_is_told(compression: str) -> None:
    content = pack(layer_tar({"a": bytes(range(256)) * 400}), compression)
    with pytest.raises(CorruptImage):
        index(content[: len(content) // 2])


def test_bytes_after_gzip_data_are_told_but_padding_is_not() -> None:
    content = pack(layer_tar({"a": b"1"}), "gzip")
    assert index(content + b"\0" * 512).paths == ["a"]
    with pytest.raises(CorruptImage, match="after the gzip data"):
        index(content + b"junk")


def test_an_index_survives_the_cache() -> None:
    layer = index(
        layer_tar(
            {"etc/caf\udce9": b"1", "link": "etc", "b": hard_link("etc/x"), "../x": b""},
            whiteouts=["gone"],
            opaque=["new"],
        ),
        Want("b"),
    )
    assert decode(layer.encode()) == layer


@given(st.binary(max_size=300), st.integers(0, 200))
def test_a_damaged_cache_file_is_never_believed(junk: bytes, at: int) -> None:
    packed = LayerIndex(paths=["a"]).encode()
    damaged = packed[:at] + junk + packed[at + len(junk) :]
    with contextlib.suppress(InvalidDocument):
        assert isinstance(decode(damaged), LayerIndex)


def test_a_want_that_nothing_can_look_up_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing to look up by"):
        Selection([Want("**/*")])
