"""What goes over the wire, by the access log of a real registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rig.bedplate_command import Bedplate
from rig.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rig.images import Images
    from rig.registries import Login, Pushed, Registry


pytestmark = pytest.mark.real("docker-registry")

Asked = list[str]


@pytest.fixture
def asked(registry_process: Registry) -> Callable[[], Asked]:
    """Give what was asked of the registry since the test began, as `METHOD path`."""
    before = len(registry_process.requests())
    return lambda: registry_process.requests()[before:]


def _layers(images: Images, *names: str) -> set[str]:
    layout = Layout(images.layout)
    return {layer["digest"] for name in names for layer in layout.manifest(name)["layers"]}


def test_three_requests_tell_what_manifests_tell(
    pushed: Pushed, images: Images, asked: Callable[[], Asked], tmp_path: Path
) -> None:
    names = [pushed.oci[name] for name in ("slim", "app", "static", "multi")]
    report = Bedplate(tmp_path).report("compare", "--no-pull", *names)
    assert all(row["facts"]["compressed_size"] for row in report["images"])
    requests = asked()
    assert len(requests) <= 3 * len(names)
    fetched = {request.rpartition("/")[2] for request in requests if "/blobs/" in request}
    assert not fetched & _layers(images, "slim", "app", "static")


def test_each_distinct_layer_is_read_once(
    pushed: Pushed, images: Images, asked: Callable[[], Asked], tmp_path: Path
) -> None:
    bedplate, names = Bedplate(tmp_path), ("slim", "app", "static", "multi")
    bedplate.report("compare", *(pushed.oci[name] for name in names))
    blobs = [request.rpartition("/")[2] for request in asked() if "/blobs/" in request]
    layers = _layers(images, "slim", "app", "static")
    assert sorted(blob for blob in blobs if blob in layers) == sorted(layers)
    # a second look reads documents only, and an image on known layers the new ones only
    count = len(asked())
    bedplate.inspect(pushed.oci["app"])
    again = asked()[count:]
    assert again
    assert not layers & {request.rpartition("/")[2] for request in again}


def test_offline_asks_nothing(pushed: Pushed, asked: Callable[[], Asked], tmp_path: Path) -> None:
    result = Bedplate(tmp_path).run("inspect", "--offline", pushed.oci["slim"])
    assert result.code == 2
    assert "slim" in result.stderr
    assert asked() == []


@pytest.mark.real("htpasswd")
def test_login_from_the_docker_configuration(
    registry_htpasswd: Login, images: Images, push_to: Callable[[str, str], str], tmp_path: Path
) -> None:
    reference = push_to("slim", registry_htpasswd.host)
    config = registry_htpasswd.docker_config(tmp_path / "docker")
    found = Bedplate(tmp_path, {"DOCKER_CONFIG": str(config)}).inspect(reference)
    assert {layer["digest"] for layer in found["layers"]} == _layers(images, "slim")


@pytest.mark.real("htpasswd")
@pytest.mark.parametrize("password", [None, "no-such-password"])
def test_no_login_is_one_line(
    password: str | None, registry_htpasswd: Login, tmp_path: Path
) -> None:
    variables = {}
    if password is not None:
        wrong = registry_htpasswd._replace(password=password)
        variables["DOCKER_CONFIG"] = str(wrong.docker_config(tmp_path / "docker"))
    result = Bedplate(tmp_path, variables).run("inspect", f"{registry_htpasswd.host}/slim:oci")
    assert result.code == 2
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert registry_htpasswd.host in line
    assert "no-such-password" not in line
