"""Every local place that an image is read from, and every way in which it can be broken."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import pytest

from bedplate.errors import (
    BedplateError,
    CorruptImage,
    DigestMismatch,
    ImageNotFound,
    InvalidReference,
    PlatformNotFound,
    UnsupportedMediaType,
)
from bedplate.images.image_name import ImageName, parse_image_name
from bedplate.images.image_source import Access
from bedplate.images.opening import open_image, select_platforms
from bedplate.images.progress import Silent
from bedplate.images.read_layers import LayerReader
from bedplate.images.selection import Selection
from bedplate.model.platform import Platform
from bedplate.model.want import Want
from bedplate.support.cache import Cache
from bedplate.testing.layer_builder import hard_link, layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.images.image import Image

AMD64 = Platform("linux", "amd64")
LOWER = layer_tar({"etc/os-release": b"ID=demo", "old": b"1"}, folders=["etc"])
UPPER = layer_tar({"app/run": b"#!/bin/sh"}, whiteouts=["old"])


def _no_registry() -> NoReturn:
    raise AssertionError("a local image needs no registry")


def access(scratch: Path) -> Access:
    return Access(_no_registry, scratch)


def reader(cache: Cache | None = None, notices: list[str] | None = None) -> LayerReader:
    notices = [] if notices is None else notices
    selection = Selection([Want("etc/os-release"), Want("app/run")])
    return LayerReader(selection, cache or Cache(None), Silent(), notices.append)


@contextmanager
def opened(name: str, tmp_path: Path, platform: Platform = AMD64) -> Iterator[Image]:
    with open_image(name, access(tmp_path / "scratch")) as image:
        yield select_platforms(image, platform, everything=False)[0]


def contents(name: str, tmp_path: Path) -> dict[str, bytes | None]:
    with opened(name, tmp_path) as image:
        tree = image.tree(reader())
        return {entry.path: tree.read(entry.path) for entry in tree.entries()}


EXPECTED = {"etc": None, "etc/os-release": b"ID=demo", "app/run": b"#!/bin/sh"}


def layout(folder: Path, **fields: object) -> LayoutBuilder:
    builder = LayoutBuilder(folder)
    builder.add_image([LOWER, UPPER], **fields)  # type: ignore[arg-type]
    return builder


def tar_of(folder: Path, path: Path) -> Path:
    with tarfile.open(path, "w") as archive:
        archive.add(folder, ".")
    return path


def docker_archive(
    path: Path, *, packed: bool = False, tags: tuple[str, ...] = ("demo:1",)
) -> Path:
    layers = [LOWER, UPPER]
    config = {
        "os": "linux",
        "architecture": "amd64",
        "rootfs": {
            "type": "layers",
            "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}" for layer in layers],
        },
    }
    entries = [
        {"Config": "config.json", "RepoTags": [tag], "Layers": ["0/layer.tar", "1/layer.tar"]}
        for tag in tags
    ]
    members = {
        "config.json": json.dumps(config).encode(),
        "manifest.json": json.dumps(entries).encode(),
        "0/layer.tar": gzip.compress(LOWER) if packed else LOWER,
        "shared.tar": UPPER,
    }
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("1/layer.tar")
        link.type, link.linkname = tarfile.SYMTYPE, "../shared.tar"
        archive.addfile(link)
    return path


@pytest.mark.parametrize("compression", ["gzip", "zstd", "none"])
def test_an_oci_layout_gives_the_merged_files(tmp_path: Path, compression: str) -> None:
    layout(tmp_path / "l", compression=compression)
    assert contents(f"oci:{tmp_path}/l", tmp_path) == EXPECTED


def test_an_oci_archive_plain_or_packed_gives_the_same(tmp_path: Path) -> None:
    layout(tmp_path / "l", tag="v1")
    plain = tar_of(tmp_path / "l", tmp_path / "a.tar")
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(plain.read_bytes()))
    for name in (f"oci-archive:{plain}", f"oci-archive:{plain}:v1", f"oci-archive:{plain}.gz"):
        assert contents(name, tmp_path) == EXPECTED
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.parametrize("packed", [False, True])
def test_a_docker_archive_gives_the_same_without_made_up_digests(
    tmp_path: Path,
    packed: bool,  # noqa: FBT001 - a test parameter
) -> None:
    path = docker_archive(tmp_path / "d.tar", packed=packed)
    assert contents(f"docker-archive:{path}", tmp_path) == EXPECTED
    assert contents(f"docker-archive:{path}:demo:1", tmp_path) == EXPECTED
    with opened(f"docker-archive:{path}", tmp_path) as image:
        assert image.manifest_digest is None


def test_a_docker_archive_that_is_a_layout_too_has_its_true_digests(tmp_path: Path) -> None:
    builder = layout(tmp_path / "l")
    (tmp_path / "l" / "manifest.json").write_text("[]")
    path = tar_of(tmp_path / "l", tmp_path / "d.tar")
    with opened(f"docker-archive:{path}", tmp_path) as image:
        digest = json.loads((builder.folder / "index.json").read_text())["manifests"][0]["digest"]
        assert str(image.manifest_digest) == digest


def test_a_folder_is_an_image_of_one_layer(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "etc").mkdir(parents=True)
    (root / "etc/os-release").write_bytes(b"ID=demo")
    (root / "etc/hard").hardlink_to(root / "etc/os-release")
    (root / "out").symlink_to("/etc/shadow")
    (root / os.fsdecode(b"caf\xe9")).write_bytes(b"")
    os.mkfifo(root / "pipe")
    with opened(f"dir:{root}", tmp_path) as image:
        tree = image.tree(reader())
    assert tree.read("etc/os-release") == b"ID=demo"
    assert tree.disk_size() == 7
    assert tree.resolve("out") is None
    assert tree.get("caf\udce9") is not None


def test_a_platform_is_chosen_or_refused_by_name(tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path / "l")
    entries = [
        builder.add_image([LOWER], architecture=architecture, listed=False)
        for architecture in ("amd64", "arm64")
    ]
    builder.add_index(entries)
    name = f"oci:{tmp_path}/l"
    with opened(name, tmp_path, Platform("linux", "arm64")) as image:
        assert image.config is not None
        assert image.config.platform.architecture == "arm64"
        assert image.index_digest is not None
        assert len(image.platforms) == 2
    with (
        pytest.raises(PlatformNotFound, match=r"s390x.*linux/amd64"),
        opened(name, tmp_path, Platform("linux", "s390x")),
    ):
        pass
    with open_image(name, access(tmp_path)) as image:
        assert len(select_platforms(image, AMD64, everything=True)) == 2


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("oci:{}/nothing", ImageNotFound, "no OCI layout"),
        ("oci:{}/layout:v9", ImageNotFound, "no image named 'v9'.*v1, v2"),
        ("oci:{}/layout", ImageNotFound, "2 images, which one"),
        ("oci-archive:{}/nothing", ImageNotFound, "no such file"),
        ("oci-archive:{}", ImageNotFound, "is a folder"),
        ("oci-archive:{}/text", CorruptImage, "not a tar"),
        ("docker-archive:{}/empty.tar", CorruptImage, "manifest.json"),
        ("docker-archive:{}/two.tar", ImageNotFound, "2 images, which one.*a:1, b:1"),
        ("docker-archive:{}/two.tar:c:1", ImageNotFound, "no image named 'c:1'"),
        ("dir:{}/nothing", ImageNotFound, "No such file"),
        ("dir:{}/text", ImageNotFound, "not a folder"),
        ("oci:", InvalidReference, "names no image"),
        ("", InvalidReference, "empty image name"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    tmp_path: Path, name: str, error: type[BedplateError], words: str
) -> None:
    builder = layout(tmp_path / "layout", tag="v1")
    builder.add_image([LOWER], tag="v2", architecture="arm64")
    (tmp_path / "text").write_text("not an archive, not a folder " * 100)
    with tarfile.open(tmp_path / "empty.tar", "w"):
        pass
    docker_archive(tmp_path / "two.tar", tags=("a:1", "b:1"))
    with pytest.raises(error, match=words) as raised, opened(name.format(tmp_path), tmp_path):
        pass
    assert "\n" not in str(raised.value)


def test_damaged_blobs_are_told_from_one_another(tmp_path: Path) -> None:
    builder = layout(tmp_path / "l")
    manifest = json.loads((tmp_path / "l/index.json").read_text())["manifests"][0]["digest"]
    layer = json.loads(builder.blob_path(manifest).read_text())["layers"][0]["digest"]
    whole = builder.blob_path(layer).read_bytes()
    for damaged, error in (
        (whole[:-10], CorruptImage),
        (whole + b"\0" * 10, CorruptImage),
        (whole[:-1] + bytes([whole[-1] ^ 1]), DigestMismatch),
        (b"<html>" + whole[6:], DigestMismatch),
        (gzip.compress(layer_tar({"evil": b""})).ljust(len(whole), b"\0"), DigestMismatch),
    ):
        builder.blob_path(layer).write_bytes(damaged)
        with pytest.raises(error):
            contents(f"oci:{tmp_path}/l", tmp_path)
    builder.blob_path(layer).unlink()
    with pytest.raises(CorruptImage, match="can't be read"):
        contents(f"oci:{tmp_path}/l", tmp_path)


def test_a_layout_does_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    builder = layout(tmp_path / "l")
    manifest = json.loads((tmp_path / "l/index.json").read_text())["manifests"][0]["digest"]
    blob = builder.blob_path(manifest)
    (tmp_path / "outside").write_bytes(blob.read_bytes())
    blob.unlink()
    blob.symlink_to(tmp_path / "outside")
    with pytest.raises(CorruptImage, match="leads out"):
        contents(f"oci:{tmp_path}/l", tmp_path)


def test_encrypted_layers_are_refused_before_they_are_read(tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path / "l")
    builder.add_image([LOWER])
    manifest = json.loads((tmp_path / "l/index.json").read_text())["manifests"][0]
    document = json.loads(builder.blob_path(manifest["digest"]).read_text())
    document["layers"][0]["mediaType"] += "+encrypted"
    entry = builder.add_blob(json.dumps(document).encode(), manifest["mediaType"])
    (tmp_path / "l/index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": [entry]}))
    with pytest.raises(UnsupportedMediaType, match="encrypted"):
        contents(f"oci:{tmp_path}/l", tmp_path)


class _Counting:
    """An image's content that counts how often its blobs are opened."""

    def __init__(self, image: Image) -> None:
        assert image.content is not None
        self.content = image.content
        self.name = image.name
        self.opened: list[str] = []

    def blob(self, descriptor: object) -> object:
        self.opened.append(str(descriptor.digest))  # type: ignore[attr-defined]
        return self.content.blob(descriptor)  # type: ignore[arg-type]


def test_a_layer_is_read_once_ever_even_when_listed_twice(tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path / "l")
    builder.add_image([LOWER, UPPER, LOWER])
    cache = Cache(tmp_path / "cache")
    with opened(f"oci:{tmp_path}/l", tmp_path) as image:
        assert image.manifest is not None
        counting = _Counting(image)
        for _ in range(2):
            layers = reader(cache).read(counting, image.manifest.layers)  # type: ignore[arg-type]
            assert len(layers) == 3
    assert len(counting.opened) == 2


def test_a_damaged_cache_is_rebuilt_and_a_full_disk_only_said(tmp_path: Path) -> None:
    layout(tmp_path / "l")
    cache = Cache(tmp_path / "cache")
    with opened(f"oci:{tmp_path}/l", tmp_path) as image:
        image.tree(reader(cache))
        for path in (tmp_path / "cache" / "layers").rglob("*.*"):
            if path.is_file():
                path.write_bytes(b"damaged")
        assert image.tree(reader(cache)).read("app/run") == b"#!/bin/sh"
        (tmp_path / "file").write_text("")
        notices: list[str] = []
        tree = image.tree(reader(Cache(tmp_path / "file"), notices))
    assert tree.read("app/run") == b"#!/bin/sh"
    assert notices
    assert all("cannot write the cache" in notice for notice in notices)


def test_too_many_layers_are_refused(tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path / "l")
    builder.add_image([layer_tar({})] * 501)
    with pytest.raises(BedplateError, match="501 layers"):
        contents(f"oci:{tmp_path}/l", tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("node:20", ("docker", "node:20")),
        ("docker://node:20", ("docker", "node:20")),
        ("docker:24-dind", ("docker", "docker:24-dind")),
        ("localhost:5000/a", ("docker", "localhost:5000/a")),
        ("oci:/tmp/x:latest", ("oci", "/tmp/x:latest")),
        ("dir:/", ("dir", "/")),
        ("docker-daemon:node:20", ("docker-daemon", "node:20")),
    ],
)
def test_names_are_read_as_skopeo_reads_them(text: str, expected: tuple[str, str]) -> None:
    assert parse_image_name(text) == ImageName(*expected)


def test_hard_links_out_of_a_layer_have_no_bytes(tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path / "l")
    builder.add_image([layer_tar({"app/run": hard_link("../../etc/shadow")})])
    assert contents(f"oci:{tmp_path}/l", tmp_path) == {"app/run": None}
