"""`inspect` end to end on layouts made here: the cheapest truth, and where it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest

from bedplate.errors import ImageNotFound, RegistryUnreachable
from bedplate.facts.catalog import Catalog
from bedplate.flows.inspect import inspect
from bedplate.flows.session import Session
from bedplate.images.image_source import Access
from bedplate.model.platform import Platform
from bedplate.support.cache import Cache
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from pathlib import Path

OS_RELEASE = (
    b'ID=alpine\nNAME="Alpine Linux"\nVERSION_ID=3.24.2\nPRETTY_NAME="Alpine Linux v3.24"\n'
)
INSTALLED = b"""P:musl
V:1.2.6-r2
A:x86_64
I:669696
o:musl
L:MIT
F:lib
R:ld-musl-x86_64.so.1

P:busybox
V:1.37.0-r31
A:x86_64
o:busybox
F:bin
R:busybox

"""
BASE = layer_tar(
    {
        "etc/os-release": OS_RELEASE,
        "lib/apk/db/installed": INSTALLED,
        "lib/ld-musl-x86_64.so.1": b"\x7fELF" + b"m" * 1000,
        "bin/busybox": b"\x7fELF" + b"b" * 2000,
        "bin/sh": "/bin/busybox",
        "tmp/gone": b"g" * 50,
    },
    folders=["etc", "lib", "bin", "tmp"],
)
APP = layer_tar({"app/server": b"s" * 300}, whiteouts=["tmp/gone"])


def _unreachable() -> NoReturn:
    raise RegistryUnreachable("docker.io: no answer within 3 s")


def session(tmp_path: Path, **changes: object) -> Session:
    made = Session(
        Access(_unreachable, tmp_path / "scratch"),
        Cache(tmp_path / "cache"),
        Catalog.open(None),
        dt.date(2026, 11, 23),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def layout(tmp_path: Path) -> str:
    LayoutBuilder(tmp_path / "l").add_image(
        [BASE, APP],
        config={"User": "1000", "Entrypoint": ["/app/server"], "Env": ["A=1"]},
        created_by=["ADD rootfs.tar / # base", "COPY server /app/server"],
    )
    return f"oci:{tmp_path}/l"


def test_everything_is_told_of_an_image(tmp_path: Path) -> None:
    [facts] = inspect(layout(tmp_path), session(tmp_path))
    assert facts.distro is not None
    assert (facts.distro.id, facts.distro.version) == ("alpine", "3.24.2")
    assert facts.libcs is not None
    assert [libc.name for libc in facts.libcs] == ["musl"]
    assert facts.shells == ("bin/sh",)
    assert (facts.user, facts.entrypoint, facts.platform) == (
        "1000",
        ("/app/server",),
        "linux/amd64",
    )
    assert facts.packages is not None
    musl, busybox = sorted(facts.packages, key=lambda package: -(package.installed_size or 0))[
        ::-1
    ][::-1]
    assert (musl.name, musl.installed_size, busybox.installed_size) == ("musl", 669696, 2004)
    assert facts.layers is not None
    assert [layer.created_by for layer in facts.layers][1] == "COPY server /app/server"
    assert facts.disk_size == sum(layer.disk_size or 0 for layer in facts.layers)
    assert facts.parts is not None
    assert sum(part.disk_size or 0 for part in facts.parts) == facts.disk_size
    assert {part.key for part in facts.parts} == {"os", "other", "hidden"}
    assert facts.compressed_size == sum(layer.compressed_size or 0 for layer in facts.layers)
    assert facts.end_of_life
    assert facts.end_of_life[0].date == "2028-06-01"
    assert (facts.origin, facts.depth) == ("oci", "layers")


def test_a_second_run_answers_from_the_cache_with_the_same_facts(tmp_path: Path) -> None:
    name = layout(tmp_path)
    [first] = inspect(name, session(tmp_path))
    for blob in (tmp_path / "l/blobs/sha256").iterdir():
        if blob.stat().st_size > 1500 or not blob.read_bytes().startswith(b"{"):
            blob.unlink()  # the layers: they must not be needed again
    [second] = inspect(name, session(tmp_path))
    assert second.origin == "oci, cache"
    assert replace(second, origin=first.origin, packages=None) == replace(first, packages=None)


def test_without_pull_only_the_documents_are_read(tmp_path: Path) -> None:
    [facts] = inspect(layout(tmp_path), session(tmp_path, pull=False))
    assert facts.depth == "manifest"
    assert facts.compressed_size is not None
    assert facts.disk_size is facts.packages is facts.libcs is None


def test_every_platform_is_a_row(tmp_path: Path) -> None:
    builder = LayoutBuilder(tmp_path / "l")
    entries = [
        builder.add_image([BASE], architecture=architecture, listed=False)
        for architecture in ("amd64", "arm64")
    ]
    builder.add_index(entries)
    rows = inspect(f"oci:{tmp_path}/l", session(tmp_path, all_platforms=True))
    assert [row.platform for row in rows] == ["linux/amd64", "linux/arm64"]
    notices: list[str] = []
    [row] = inspect(
        f"oci:{tmp_path}/l",
        session(tmp_path, platform=Platform("linux", "riscv64"), notify=notices.append),
    )
    assert row.platform == "linux/amd64"
    assert "not made for linux/riscv64" in notices[0]


def test_a_folder_is_inspected_without_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "root/etc").mkdir(parents=True)
    (tmp_path / "root/etc/os-release").write_bytes(OS_RELEASE)
    [facts] = inspect(f"dir:{tmp_path}/root", session(tmp_path))
    assert facts.distro is not None
    assert facts.distro.id == "alpine"
    assert facts.compressed_size is facts.platform is facts.manifest_digest is None
    assert facts.disk_size == len(OS_RELEASE)


def test_offline_the_catalog_answers_with_its_date(tmp_path: Path) -> None:
    [facts] = inspect("node:20", session(tmp_path, offline=True))
    assert (facts.name, facts.origin) == ("node:20", "catalog")
    assert facts.observed
    assert facts.compressed_size == 398_333_882
    assert facts.end_of_life
    assert any(end.product == "nodejs" and end.ended for end in facts.end_of_life)


def test_a_registry_out_of_reach_is_said_and_the_catalog_answers(tmp_path: Path) -> None:
    notices: list[str] = []
    [facts] = inspect("node:20", session(tmp_path, notify=notices.append))
    assert facts.origin == "catalog"
    assert "no answer within 3 s" in notices[0]
    assert facts.observed in notices[0]


def test_what_neither_knows_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(RegistryUnreachable):
        inspect("example.org/nobody/knows:1", session(tmp_path))
    with pytest.raises(ImageNotFound, match="not in the catalog"):
        inspect("example.org/nobody/knows:1", session(tmp_path, offline=True))


def test_scratch_is_known_without_asking_anybody(tmp_path: Path) -> None:
    [facts] = inspect("scratch", session(tmp_path))
    assert (facts.disk_size, facts.shells, facts.libcs) == (0, (), ())
