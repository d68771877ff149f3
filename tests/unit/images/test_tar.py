"""The tar walk against what the standard library and GNU tar write."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.errors import BedplateError, CorruptImage, LimitExceeded
from bedplate.images.byte_stream import ByteStream
from bedplate.images.limits import Limits
from bedplate.images.tar import TarHeader, TarWalk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIMITS = Limits(name_bytes=4096, extended_header_bytes=65536)


def walk(content: bytes, chunk: int = 700) -> list[tuple[TarHeader, bytes]]:
    pieces = (content[at : at + chunk] for at in range(0, len(content), chunk))
    tar = TarWalk(ByteStream(iter(pieces), "a layer"), LIMITS)
    return [(header, b"".join(tar.content())) for header in tar]


def write(members: list[tuple[tarfile.TarInfo, bytes]], form: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def member(name: str, **fields: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_kind_of_entry_is_read_in_every_format(form: int) -> None:
    content = write(
        [
            (member("etc", type=tarfile.DIRTYPE, mode=0o755), b""),
            (member("etc/passwd", uid=7, gid=8, mode=0o4755), b"root"),
            (member("etc/link", type=tarfile.SYMTYPE, linkname="passwd"), b""),
            (member("etc/hard", type=tarfile.LNKTYPE, linkname="etc/passwd"), b""),
            (member("dev/null", type=tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
            (member("dev/loop", type=tarfile.BLKTYPE), b""),
            (member("run/pipe", type=tarfile.FIFOTYPE), b""),
        ],
        form,
    )
    rows = {header.name: (header, body) for header, body in walk(content)}
    assert [header.kind for header, _ in walk(content)] == [
        b"5",
        b"0",
        b"2",
        b"1",
        b"3",
        b"4",
        b"6",
    ]
    passwd, body = rows[b"etc/passwd"]
    assert (body, passwd.uid, passwd.gid, passwd.mode & 0o7777) == (b"root", 7, 8, 0o4755)
    assert rows[b"etc/link"][0].link == b"passwd"
    assert rows[b"etc/hard"][0].link == b"etc/passwd"


@pytest.mark.parametrize("form", [tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
@pytest.mark.parametrize("length", [99, 100, 101, 155, 256, 300, 2000])
def test_long_names_and_link_targets_are_whole(form: int, length: int) -> None:
    name = "/".join(["folder"] * (length // 7)).ljust(length, "x")
    target = name[::-1]
    content = write(
        [
            (member(name), b"body"),
            (member("link", type=tarfile.SYMTYPE, linkname=target), b""),
        ],
        form,
    )
    (first, body), (second, _) = walk(content)
    assert (first.name, body) == (name.encode(), b"body")
    assert second.link == target.encode()


def test_a_gnu_long_name_whose_short_form_ends_in_a_slash_is_still_a_file() -> None:
    name = "a" * 99 + "/" + "b" * 20
    [(header, body)] = walk(write([(member(name), b"x")], tarfile.GNU_FORMAT))
    assert (header.kind, header.name, body) == (b"0", name.encode(), b"x")


def test_ustar_prefix_and_name_are_joined() -> None:
    name = "p" * 120 + "/" + "n" * 90
    [(header, _)] = walk(write([(member(name), b"")], tarfile.USTAR_FORMAT))
    assert header.name == name.encode()


def test_a_file_larger_than_octal_can_say_keeps_its_size() -> None:
    huge = member("huge", uid=2**21 + 5)
    huge.size = 9 * 1024**3
    block = huge.tobuf(tarfile.GNU_FORMAT)
    tar = TarWalk(ByteStream(iter([block]), "a layer"), LIMITS)
    header = next(iter(tar))
    assert (header.size, header.uid) == (9 * 1024**3, 2**21 + 5)


def test_sparse_files_of_gnu_tar_have_their_real_size(tmp_path: Path) -> None:
    hole = tmp_path / "hole"
    with hole.open("wb") as file:
        for at in range(0, 40 * 1024 * 1024, 1024 * 1024):  # more extents than a header holds
            file.seek(at)
            file.write(b"x")
        file.truncate(64 * 1024 * 1024)
    (tmp_path / "after").write_bytes(b"the next entry")
    for options in (
        ["--format=gnu"],
        ["--format=posix"],
        ["--format=posix", "--sparse-version=0.1"],
    ):
        content = subprocess.run(
            ["tar", "-C", tmp_path, "--sparse", *options, "-cf", "-", "hole", "after"],
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        (header, _), (after, body) = walk(content, 65536)
        assert (header.name, header.size, header.sparse) == (b"hole", 64 * 1024 * 1024, True)
        assert header.stored < 10 * 1024 * 1024
        assert (after.name, body) == (b"after", b"the next entry")


def test_names_that_are_not_utf8_are_kept_byte_for_byte(tmp_path: Path) -> None:
    name = b"caf\xe9\xff"
    (tmp_path / os.fsdecode(name)).write_bytes(b"1")
    content = subprocess.run(
        ["tar", "-C", tmp_path, "-cf", "-", "."], check=True, stdout=subprocess.PIPE
    ).stdout
    assert b"./" + name in [header.name for header, _ in walk(content)]


@pytest.mark.parametrize("cut", [1, 511, 513, 1000, 1500])
def test_a_truncated_tar_is_told(cut: int) -> None:
    content = write([(member("a"), b"x" * 900)], tarfile.GNU_FORMAT)
    with pytest.raises(CorruptImage, match="ends in the middle"):
        walk(content[:cut])


def test_missing_end_blocks_are_forgiven() -> None:
    content = write([(member("a"), b"x" * 512)], tarfile.GNU_FORMAT)
    assert [body for _, body in walk(content[:1024])] == [b"x" * 512]


def test_html_is_not_a_tar() -> None:
    with pytest.raises(CorruptImage, match="not a tar"):
        walk(b"<html>sign in</html>" * 60)


def test_an_endless_pax_header_is_refused() -> None:
    info = member("a", pax_headers={"comment": "x" * 100_000})
    with pytest.raises(LimitExceeded, match="pax header"):
        walk(write([(info, b"")], tarfile.PAX_FORMAT))


def test_pax_headers_hold_for_one_entry_and_global_ones_for_all() -> None:
    out = io.BytesIO()
    with tarfile.open(
        fileobj=out, mode="w", format=tarfile.PAX_FORMAT, pax_headers={"uid": "77"}
    ) as archive:
        archive.addfile(member("a", pax_headers={"gid": "5"}))
        archive.addfile(member("b"))
    (first, _), (second, _) = walk(out.getvalue())
    assert (first.uid, first.gid, second.uid, second.gid) == (77, 5, 77, 0)


names = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=200
).filter(lambda name: not name.endswith("/"))


@given(
    st.lists(st.tuples(names, st.binary(max_size=1500)), max_size=6),
    st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
    st.integers(1, 2000),
)
def test_what_is_written_is_read_back(
    files: list[tuple[str, bytes]], form: int, chunk: int
) -> None:
    content = write([(member(name), body) for name, body in files], form)
    read = [(header.name.decode(), body) for header, body in walk(content, chunk)]
    assert read == files


def mutations(content: bytes) -> Iterator[st.SearchStrategy[bytes]]:
    yield st.integers(0, len(content)).map(lambda at: content[:at])
    yield st.tuples(st.integers(0, len(content) - 1), st.binary(min_size=1, max_size=20)).map(
        lambda cut: content[: cut[0]] + cut[1] + content[cut[0] + len(cut[1]) :]
    )
    yield st.binary(max_size=3000)


SAMPLE = write(
    [(member("d" * 150), b"x" * 600), (member("b", type=tarfile.SYMTYPE, linkname="c"), b"")],
    tarfile.PAX_FORMAT,
)


@settings(max_examples=300)
@given(st.one_of(*mutations(SAMPLE)))
def test_no_bytes_whatever_make_it_fail_otherwise(content: bytes) -> None:
    with contextlib.suppress(BedplateError):
        walk(content)
