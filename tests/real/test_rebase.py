"""Images that buildah built, put onto another base in docker-registry, and started there."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from rig.bedplate_command import Bedplate
from rig.buildah import Buildah, Layer
from rig.processes import run
from rig.registries import push

from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from pathlib import Path

    from rig.images import Images
    from rig.registries import Login, Registry

pytestmark = pytest.mark.real("docker-registry", "skopeo", "buildah")

_SCRIPT = '#!/bin/sh\necho "$RELEASE $OWN $(cat /etc/base-release)"\n'
_PATH = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
_PLAIN = "--tls-verify=false"


@dataclass(frozen=True, slots=True)
class Shop:
    """Two bases and an image on the first, in a registry."""

    buildah: Buildah
    registry: Registry

    def name(self, path: str) -> str:
        return f"{self.registry.host}/{path}"

    def inspect(self, path: str, *options: str) -> dict[str, Any]:
        words = ("skopeo", "inspect", _PLAIN, *options, f"docker://{self.name(path)}")
        document: dict[str, Any] = json.loads(run(words))
        return document

    def start(self, path: str, *words: str) -> str:
        """Pull an image and run its command, as buildah does."""
        container = self.buildah.call("from", "--pull-always", _PLAIN, self.name(path))
        run_ = ("run", "--isolation=chroot", container, "--")
        return self.buildah.call(*run_, *words)


@pytest.fixture(scope="module")
def shop(
    images: Images, registry_process: Registry, tmp_path_factory: pytest.TempPathFactory
) -> Shop:
    folder = tmp_path_factory.mktemp("rebase")
    buildah = Buildah(folder / "storage")
    for release in ("1", "2"):
        _base(buildah, images.roots["musl"], folder, release)
    app = folder / "app"
    (app / "srv").mkdir(parents=True)
    (app / "srv/start").write_text(_SCRIPT)
    (app / "srv/start").chmod(0o755)
    config = ("--env", "OWN=yes", "--cmd", "/srv/start", "--user", "1000", "--label", "team=a")
    buildah.image("app", "base-1", [Layer(add=(app,), config=config)])
    shop = Shop(buildah, registry_process)
    for local, path in (("base-1", "os:1"), ("base-2", "os:2"), ("app", "team/app:1")):
        buildah.call("push", "--quiet", _PLAIN, local, f"docker://{shop.name(path)}")
    docker = ("push", "--quiet", _PLAIN, "--format=v2s2")
    buildah.call(*docker, "app", f"docker://{shop.name('team/app:docker')}")
    return shop


def _base(buildah: Buildah, root: Path, folder: Path, release: str) -> None:
    own = folder / f"base-{release}"
    (own / "etc").mkdir(parents=True)
    (own / "etc/base-release").write_text(f"base {release}\n")
    (own / "bin").mkdir()
    for name in ("sh", "cat"):
        shutil.copy2(root / "bin/busybox", own / "bin" / name)
    config = ("--env", _PATH, "--env", f"RELEASE={release}", "--cmd", "sh")
    buildah.image(f"base-{release}", "scratch", [Layer(add=(own,), config=config)])


@pytest.mark.parametrize("tag", ["1", "docker"])
def test_a_rebased_image_starts_on_its_new_base(shop: Shop, tmp_path: Path, tag: str) -> None:
    assert shop.start(f"team/app:{tag}", "/srv/start") == "1 yes base 1"
    made = f"team/app:on-2-{tag}"
    report = Bedplate(tmp_path).report(
        "rebase",
        shop.name(f"team/app:{tag}"),
        *("--onto", shop.name("os:2"), "--from", shop.name("os:1"), "--tag", f"on-2-{tag}"),
    )
    assert shop.start(made, "/srv/start") == "2 yes base 2"
    found = shop.inspect(made)
    assert found["Digest"] == report["digest"]
    base, before = shop.inspect("os:2"), shop.inspect(f"team/app:{tag}")
    assert found["Layers"] == [*base["Layers"], before["Layers"][-1]]
    assert found["Labels"]["team"] == "a"
    config = shop.inspect(made, "--config")
    assert config["config"]["Cmd"] == ["/srv/start"]
    assert config["config"]["User"] == "1000"
    assert f"{_PATH}" in config["config"]["Env"]
    steps = [step for step in config["history"] if not step.get("empty_layer")]
    assert len(steps) == len(config["rootfs"]["diff_ids"]) == len(found["Layers"])


def test_no_layer_goes_up_when_the_registry_holds_it(shop: Shop, tmp_path: Path) -> None:
    before = len(shop.registry.requests())
    target = shop.name("elsewhere/app:1")
    report = Bedplate(tmp_path).report(
        "rebase",
        shop.name("team/app:1"),
        *("--onto", shop.name("os:2"), "--from", shop.name("os:1"), "--tag", target),
    )
    assert report["blobs"] == {"held": 0, "mounted": 2, "copied": 0, "copied_bytes": 0}
    asked = [line for line in shop.registry.requests()[before:] if "/elsewhere/app/" in line]
    mounts = [line for line in asked if line.startswith("POST") and "mount=" in line]
    sent = [line for line in asked if line.startswith("PUT") and "/blobs/" in line]
    config = shop.inspect("elsewhere/app:1", "--raw")["config"]["digest"]
    assert len(mounts) == 2
    assert len(sent) == 1  # the configuration
    assert config.removeprefix("sha256:") in sent[0]
    assert asked[-1] == "PUT /v2/elsewhere/app/manifests/1"


def test_an_annotated_image_is_told_apart_by_its_digest_alone(shop: Shop, tmp_path: Path) -> None:
    report = Bedplate(tmp_path).report(
        "annotate", shop.name("team/app:1"), "--base", shop.name("os:1"), "--tag", "named"
    )
    before, after = (shop.inspect(f"team/app:{tag}", "--raw") for tag in ("1", "named"))
    notes = after["annotations"]
    assert notes["org.opencontainers.image.base.name"] == shop.name("os:1")
    assert notes["org.opencontainers.image.base.digest"] == shop.inspect("os:1")["Digest"]
    assert (after["config"], after["layers"]) == (before["config"], before["layers"])
    assert report["digest"] == shop.inspect("team/app:named")["Digest"] != report["before"]


def test_a_base_is_found_by_its_annotation(shop: Shop, tmp_path: Path) -> None:
    bedplate = Bedplate(tmp_path)
    words = ("--base", shop.name("os:1"), "--tag", "known")
    bedplate.report("annotate", shop.name("team/app:1"), *words)
    onto = ("--onto", shop.name("os:2"), "--tag", "moved")
    report = bedplate.report("rebase", shop.name("team/app:known"), *onto)
    [platform] = report["platforms"]
    assert platform["old_base"]["confidence"] == "certain"
    assert shop.start("team/app:moved", "/srv/start") == "2 yes base 2"


def test_a_layout_that_skopeo_made(shop: Shop, tmp_path: Path) -> None:
    layout = tmp_path / "layout"
    for path, name in (("team/app:1", "app"), ("os:1", "old"), ("os:2", "new")):
        source = f"docker://{shop.name(path)}"
        run(["skopeo", "copy", "--quiet", "--src-tls-verify=false", source, f"oci:{layout}:{name}"])
    bedplate, streamed = Bedplate(tmp_path), shop.name("team/streamed:1")
    bases = ("--onto", f"oci:{layout}:new", "--from", f"oci:{layout}:old")
    made = bedplate.report("rebase", f"oci:{layout}:app", *bases, "--tag", "moved")
    sent = bedplate.report("rebase", f"oci:{layout}:app", *bases, "--tag", streamed)
    assert sent["blobs"]["copied"] == 2
    assert sent["digest"] == made["digest"] == shop.inspect("team/streamed:1")["Digest"]
    assert shop.start("team/streamed:1", "/srv/start") == "2 yes base 2"
    run(["skopeo", "copy", "--quiet", f"oci:{layout}:moved", f"oci:{tmp_path}/copy:app"])


def _layout(folder: Path) -> None:
    """Make `old`, `new` and `app`, each for two processors."""
    builder = LayoutBuilder(folder)
    for tag, release, app in (("old", "1", False), ("new", "2", False), ("app", "1", True)):
        images = []
        for name in ("amd64", "arm64"):
            layers = [layer_tar({"etc/release": f"{release} {name}".encode()})]
            layers += [layer_tar({"srv/app": name.encode()})] if app else []
            images.append(builder.add_image(layers, architecture=name, listed=False))
        builder.add_index(images, tag)


@pytest.mark.real("htpasswd")
def test_every_platform_in_a_registry_with_a_login(
    registry_htpasswd: Login, tmp_path: Path
) -> None:
    host, user, password = registry_htpasswd
    layout = tmp_path / "layout"
    _layout(layout)
    for tag, path in (("old", "os:1"), ("new", "os:2"), ("app", "team/app:1")):
        push(layout, tag, f"{host}/{path}")
    config = registry_htpasswd.docker_config(tmp_path / "docker")
    bedplate = Bedplate(tmp_path, {"DOCKER_CONFIG": str(config)})
    words = ("--onto", f"{host}/os:2", "--from", f"{host}/os:1", "--tag", "2")
    report = bedplate.report("rebase", f"{host}/team/app:1", *words)
    assert report["blobs"]["mounted"] == 2
    # skopeo checks every digest of what it copies
    copy = ("skopeo", "copy", "--quiet", "--all", "--src-tls-verify=false")
    login = ("--src-creds", f"{user}:{password}")
    run([*copy, *login, f"docker://{host}/team/app:2", f"oci:{tmp_path}/back:app"])
    for platform in ("amd64", "arm64"):
        found = bedplate.inspect(f"oci:{tmp_path}/back:app", f"--platform=linux/{platform}")
        (base,) = found["bases"]
        assert base["reference"] == f"{host}/os:2"
        assert len(found["layers"]) == 2
