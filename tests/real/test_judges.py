"""What bedplate says about real images, held against the programs that wrote or know them."""

from __future__ import annotations

import tarfile
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from packaging.utils import canonicalize_name
from rig import judges, rpms
from rig.bedplate_command import Bedplate, packages
from rig.layout import Layout
from rig.recipes import IMAGES, ODD_IMAGES

from bedplate.images.image_source import Access
from bedplate.images.opening import open_image, select_platforms
from bedplate.images.progress import Silent
from bedplate.images.read_layers import LayerReader
from bedplate.images.selection import Selection
from bedplate.model.file_entry import FileKind
from bedplate.model.platform import Platform
from bedplate.support.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rig.images import Images

Facts = dict[str, Any]

# all the ways in which syft 1.18.1 and bedplate differ on our images, and why
EXPLAINED = {
    "pypi": "syft folds names as PEP 503 does; bedplate gives them as METADATA has them",
    "rpm": "syft writes an epoch that was set to 0; rpm compares none and 0 as the same",
}
# the application itself: syft takes any package.json, bedplate those that npm installed
ONLY_SYFT = {("npm", "rig-app", "1.2.3")}


@pytest.fixture(scope="session")
def facts(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Facts]:
    """Give the facts of an image in the layout; layers are read once in the session."""
    bedplate = Bedplate(tmp_path_factory.mktemp("judged"))
    return lambda name: bedplate.inspect(f"oci:{images.layout}:{name}")


@pytest.mark.parametrize("name", ["slim", "full", "node-slim", "app"])
def test_dpkg_query(name: str, images: Images, facts: Callable[[str], Facts]) -> None:
    assert packages(facts(name), "deb") == judges.dpkg_packages(images.roots[name])


def test_rpm(images: Images, facts: Callable[[str], Facts]) -> None:
    expected = judges.rpm_packages(images.roots["rpm"], rpms.DATABASE)
    assert packages(facts("rpm")) == expected
    assert len(expected) == 3


@pytest.mark.parametrize("name", [*IMAGES, *ODD_IMAGES])
def test_skopeo(name: str, images: Images, facts: Callable[[str], Facts]) -> None:
    source = f"oci:{images.layout}:{name}"
    described, found = judges.skopeo_inspect(source), facts(name)
    assert found["manifest_digest"] == described["Digest"]
    assert found["created"][:19] == described["Created"][:19]
    assert found["labels"] == (described["Labels"] or {})
    assert found["environment"] == (described["Env"] or [])
    assert found["platform"] == f"{described['Os']}/{described['Architecture']}"
    assert [layer["digest"] for layer in found["layers"]] == described["Layers"]
    manifest = judges.skopeo_inspect(source, "--raw")
    sizes = [layer["size"] for layer in manifest["layers"]]
    assert [layer["compressed_size"] for layer in found["layers"]] == sizes
    assert found["compressed_size"] == sum(sizes)
    assert found["config_digest"] == manifest["config"]["digest"]
    config = judges.skopeo_inspect(source, "--config")
    assert found["user"] == config["config"].get("User", "")
    assert [layer["diff_id"] for layer in found["layers"]] == config["rootfs"]["diff_ids"]


@pytest.mark.parametrize("name", [*IMAGES, "odd-pax"])
def test_every_byte_of_every_layer_is_counted(
    name: str, images: Images, facts: Callable[[str], Facts]
) -> None:
    layout, found = Layout(images.layout), facts(name)
    for layer in found["layers"]:
        with tarfile.open(layout.blob(layer["digest"])) as tar:
            expected = sum(member.size for member in tar if member.isfile() and not _marks(member))
        assert layer["disk_size"] == expected
    assert found["disk_size"] == sum(layer["disk_size"] for layer in found["layers"])
    assert found["disk_size"] == sum(part["disk_size"] for part in found["parts"])


def _marks(member: tarfile.TarInfo) -> bool:
    return member.name.rpartition("/")[2].startswith(".wh.")


@pytest.mark.parametrize("name", [*IMAGES, *ODD_IMAGES])
def test_merged_sizes(name: str, images: Images, facts: Callable[[str], Facts]) -> None:
    root = images.roots[name]
    seen, expected = set(), 0
    for path, size in judges.regular_files(root).items():
        inode = (root / path).lstat().st_ino
        expected += 0 if inode in seen else size
        seen.add(inode)
    parts = facts(name)["parts"]
    assert sum(part["disk_size"] for part in parts if part["key"] != "hidden") == expected


@pytest.mark.parametrize("name", [*IMAGES, *ODD_IMAGES])
def test_every_path_of_the_merged_tree(name: str, images: Images, tmp_path: Path) -> None:
    access = Access(registry=_no_registry, scratch=tmp_path)
    reader = LayerReader(Selection(()), Cache(None), Silent(), print)
    with open_image(f"oci:{images.layout}:{name}", access) as opened:
        (image,) = select_platforms(opened, Platform("linux", "amd64"), everything=False)
        entries = list(image.tree(reader).entries())
    files = {FileKind.FILE, FileKind.HARDLINK}
    expected = judges.regular_files(images.roots[name])
    assert {entry.path for entry in entries if entry.kind in files} == expected.keys()
    sizes = {entry.path: entry.size for entry in entries if entry.kind is FileKind.FILE}
    assert sizes == {path: expected[path] for path in sizes}


def _no_registry() -> NoReturn:
    raise AssertionError("a local image needs no registry")


def test_two_dialects_of_tar_hold_the_same(facts: Callable[[str], Facts]) -> None:
    gnu, pax = facts("odd-gnu"), facts("odd-pax")
    assert gnu["parts"] == pax["parts"]
    assert gnu["skipped"] == pax["skipped"] == []


def test_what_distroless_has_and_has_not(facts: Callable[[str], Facts]) -> None:
    found = facts("distroless")
    assert found["shells"] == found["package_managers"] == []
    assert found["certificates"] == "etc/ssl/certs/ca-certificates.crt"
    assert found["time_zones"] == "usr/share/zoneinfo"
    assert [libc["name"] for libc in found["libcs"]] == ["glibc"]
    assert {package["name"] for package in found["packages"]} >= {"libc6", "tzdata"}


def test_musl_image(facts: Callable[[str], Facts]) -> None:
    found = facts("musl")
    (libc,) = found["libcs"]
    assert libc["name"] == "musl"
    assert "bin/sh" in found["shells"]
    assert ("node", "24.19.0") in {(r["name"], r["version"]) for r in found["runtimes"]}


def test_static_program_needs_nothing(facts: Callable[[str], Facts]) -> None:
    found = facts("static")
    assert found["libcs"] == found["shells"] == found["packages"] == []
    assert found["entrypoint"] == ["/app"]


def test_deleted_files_are_hidden_bytes(facts: Callable[[str], Facts]) -> None:
    found = facts("app")
    hidden = sum(part["disk_size"] for part in found["parts"] if part["key"] == "hidden")
    # the headers of Node.js came with one layer and were deleted in a later one
    assert hidden > 50_000_000
    assert not any("usr/local/include" in package["location"] for package in found["packages"])


@pytest.mark.real("syft")
@pytest.mark.parametrize("name", ["slim", "full", "app", "distroless", "rpm", "musl"])
def test_syft(name: str, images: Images, facts: Callable[[str], Facts]) -> None:
    with judges.single_image_layout(images.layout, name) as source:
        theirs = judges.syft_packages(f"oci-dir:{source}") - ONLY_SYFT
    ours = packages(facts(name), "deb", "rpm", "npm", "pypi")
    unequal = {kind for kind, _, _ in ours ^ theirs}
    assert unequal <= EXPLAINED.keys()
    assert {_folded(package) for package in ours} == {_folded(package) for package in theirs}


def _folded(package: judges.NamedPackage) -> judges.NamedPackage:
    """Take away the differences that EXPLAINED explains, and no others."""
    kind, name, version = package
    if kind == "pypi":
        return kind, canonicalize_name(name), version
    return kind, name, version.removeprefix("0:") if kind == "rpm" else version
