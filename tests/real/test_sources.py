"""The same image says the same, wherever it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rig.bedplate_command import Bedplate
from rig.recipes import COPIED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rig.images import Images
    from rig.registries import Pushed


# what is in the layers; the rest belongs to the form in which an image is stored
IN_LAYERS = (
    "disk_size",
    "distro",
    "libcs",
    "shells",
    "package_managers",
    "runtimes",
    "certificates",
    "time_zones",
    "parts",
    "packages",
    "end_of_life",
    "skipped",
)
IN_CONFIG = ("created", "user", "entrypoint", "command", "environment", "working_directory")

Facts = dict[str, Any]


@pytest.fixture(scope="session")
def from_layout(images: Images, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Facts]:
    """Give the facts of an image in the gzip layout: what every other form is held against."""
    bedplate = Bedplate(tmp_path_factory.mktemp("layout-home"))
    return lambda name: bedplate.inspect(f"oci:{images.layout}:{name}")


def _assert_same(found: Facts, expected: Facts, fields: tuple[str, ...]) -> None:
    for name in fields:
        assert found[name] == expected[name], name


@pytest.mark.parametrize("name", COPIED)
def test_zstd_layers(
    name: str, images: Images, from_layout: Callable[[str], Facts], tmp_path: Path
) -> None:
    found = Bedplate(tmp_path).inspect(f"oci:{images.layout_zstd}:{name}")
    expected = from_layout(name)
    _assert_same(found, expected, (*IN_LAYERS, *IN_CONFIG, "config_digest"))
    assert {layer["media_type"] for layer in found["layers"]} == {
        "application/vnd.oci.image.layer.v1.tar+zstd"
    }
    assert found["manifest_digest"] != expected["manifest_digest"]


@pytest.mark.parametrize("name", COPIED)
def test_oci_archive(
    name: str, images: Images, from_layout: Callable[[str], Facts], tmp_path: Path
) -> None:
    found = Bedplate(tmp_path).inspect(f"oci-archive:{images.oci_archives[name]}")
    _assert_same(found, from_layout(name), (*IN_LAYERS, *IN_CONFIG, "manifest_digest"))


@pytest.mark.parametrize("name", COPIED)
def test_docker_archive(
    name: str, images: Images, from_layout: Callable[[str], Facts], tmp_path: Path
) -> None:
    found = Bedplate(tmp_path).inspect(f"docker-archive:{images.docker_archives[name]}")
    _assert_same(found, from_layout(name), (*IN_LAYERS, *IN_CONFIG))
    # an archive holds no manifest and no compressed layers: nothing is made up
    assert found["manifest_digest"] is None
    assert found["compressed_size"] is None


@pytest.mark.real("podman")
@pytest.mark.parametrize("name", ["slim", "app"])
def test_engine(
    name: str, docker_host: str, from_layout: Callable[[str], Facts], tmp_path: Path
) -> None:
    bedplate = Bedplate(tmp_path, {"DOCKER_HOST": docker_host})
    found = bedplate.inspect(f"docker-daemon:localhost/{name}:latest")
    _assert_same(found, from_layout(name), (*IN_LAYERS, *IN_CONFIG))


@pytest.mark.parametrize("name", COPIED)
def test_root_folder(
    name: str, images: Images, from_layout: Callable[[str], Facts], tmp_path: Path
) -> None:
    found, expected = Bedplate(tmp_path).inspect(f"dir:{images.roots[name]}"), from_layout(name)
    # no layers: nothing is hidden by a later one, and nothing came with one of them
    layered = {"disk_size", "parts", "packages", "runtimes"}
    _assert_same(found, expected, tuple(field for field in IN_LAYERS if field not in layered))
    hidden = sum(part["disk_size"] for part in expected["parts"] if part["key"] == "hidden")
    assert found["disk_size"] == expected["disk_size"] - hidden
    shown = [part for part in expected["parts"] if part["key"] != "hidden"]
    assert found["parts"] == shown
    for field in ("packages", "runtimes"):
        assert _anywhere(found[field]) == _anywhere(expected[field])


def _anywhere(found: list[Facts]) -> list[Facts]:
    """Leave out the layer that a thing came with."""
    return [one | {"layer": None} for one in found]


@pytest.mark.real("docker-registry")
@pytest.mark.parametrize("name", ["slim", "app", "static"])
@pytest.mark.parametrize("form", ["oci", "docker"])
def test_registry(
    name: str, form: str, pushed: Pushed, from_layout: Callable[[str], Facts], tmp_path: Path
) -> None:
    reference = pushed.oci[name] if form == "oci" else pushed.docker[name]
    found, expected = Bedplate(tmp_path).inspect(reference), from_layout(name)
    fields = IN_CONFIG if form == "docker" else (*IN_CONFIG, "manifest_digest", "compressed_size")
    _assert_same(found, expected, (*IN_LAYERS, *fields))
    assert found["reference"] == reference
    assert ("docker" in found["media_type"]) == (form == "docker")


@pytest.mark.real("docker-registry")
def test_every_platform_of_an_index(pushed: Pushed, tmp_path: Path) -> None:
    report = Bedplate(tmp_path).report("inspect", "--platform", "all", pushed.oci["multi"])
    amd64, arm64 = report["images"]
    assert (amd64["platform"], arm64["platform"]) == ("linux/amd64", "linux/arm64/v8")
    assert amd64["platforms"] == ["linux/amd64", "linux/arm64/v8"] == arm64["platforms"]
    assert amd64["index_digest"] == arm64["index_digest"]
    assert amd64["manifest_digest"] != arm64["manifest_digest"]
    assert amd64["packages"] == arm64["packages"]
    assert "rig.other" in arm64["labels"]
    assert "rig.other" not in amd64["labels"]
