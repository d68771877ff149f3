"""Updates end to end: a real registry, a real bare remote behind http, a forge in memory.

The images are Debian 12 as far as their package lists go: what they are fixed by is what the
advisories that come with bedplate say of real versions of OpenSSL.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from rig.bedplate_command import Bedplate
from rig.registries import push

from bedplate.testing.forge_servers.gitea import GiteaServer
from bedplate.testing.git_server import GitServer
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rig.bedplate_command import Result
    from rig.registries import Registry

    from bedplate.testing.forge_servers.state import HeldRequest

pytestmark = pytest.mark.real("docker-registry", "skopeo")
SECRET = "s3cret-t0ken-of-the-forge"
RELEASE = b'ID=debian\nVERSION_ID="12"\nNAME="Debian GNU/Linux"\nVERSION_CODENAME=bookworm\n'
STATUS = (
    "Package: libssl3\nStatus: install ok installed\nArchitecture: {architecture}\n"
    "Source: openssl\nVersion: {version}\n\n"
)


class Yard:
    """A repository, its remote and its forge."""

    def __init__(self, folder: Path, remote: GitServer, forge: GiteaServer, host: str) -> None:
        self.folder, self.remote, self.forge = folder, remote, forge
        self.image = f"{host}/{folder.name}/runtime"
        self.clone, self.bare = folder / "home", remote.folder / "acme/shop.git"
        self.held = forge.add_repository("acme/shop")
        self.held.git = self.bare
        place = remote.url.rpartition("/")[2]
        variables = {"GITEA_TOKEN": SECRET, "GITEA_SERVER_URL": place}
        self.bedplate = Bedplate(self.clone, variables)

    def git(self, where: Path, *words: str) -> str:
        person = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        login = ("-c", f"http.extraHeader=Authorization: {self.remote.login}")
        done = subprocess.run(
            ["git", "-C", where, *person, *login, *words],
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1"},
            capture_output=True,
            check=True,
        )
        return done.stdout.decode()

    def build(self, dockerfile: str) -> None:
        self.bare.mkdir(parents=True)
        self.clone.mkdir()
        self.git(self.bare, "init", "-q", "--bare", "-b", "main")
        self.git(self.bare, "config", "http.receivepack", "true")
        self.git(self.clone, "init", "-q", "-b", "main")
        self.git(self.clone, "remote", "add", "origin", f"{self.remote.url}/acme/shop.git")
        (self.clone / "Dockerfile").write_text(dockerfile)
        self.git(self.clone, "add", "Dockerfile")
        self.git(self.clone, "commit", "-q", "-m", "first")
        self.git(self.clone, "push", "-q", "origin", "main")

    def push(self, tag: str, openssl: str, *architectures: str) -> None:
        """Push an image with a version of OpenSSL in its package list."""
        builder = LayoutBuilder(self.folder / f"layout-{tag}")
        entries = []
        for architecture in architectures or ("amd64", "arm64"):
            status = STATUS.format(version=openssl, architecture=architecture)
            files = {"etc/os-release": RELEASE, "var/lib/dpkg/status": status.encode()}
            config = {"User": "app", "Labels": {"tag": tag}}
            entries.append(
                builder.add_image([layer_tar(files)], architecture=architecture, config=config)
            )
        builder.add_index(entries, tag)
        push(builder.folder, tag, f"{self.image}:{tag}")

    def run(self) -> Result:
        place = ("--forge", "gitea", "--api-url", self.forge.api_url)
        result = self.bedplate.run("update", "--pr", *place)
        assert SECRET not in result.stdout + result.stderr
        return result

    def request(self) -> HeldRequest:
        [found] = (one for one in self.held.requests.values() if one.state == "open")
        return found


@pytest.fixture
def yard(registry_process: Registry, tmp_path: Path) -> Iterator[Yard]:
    served = tmp_path / "srv"
    served.mkdir()
    with GitServer(served, "token", SECRET) as remote, GiteaServer(SECRET) as forge:
        name = tmp_path / f"yard{os.getpid()}"
        name.mkdir()
        yield Yard(name, remote, forge, registry_process.host)


def test_a_push_opens_and_refreshes_a_request_and_a_merge_closes_the_loop(yard: Yard) -> None:
    yard.push("1.0.0", "3.0.9-1")
    yard.push("1.1.0", "3.0.14-1~deb12u2")
    yard.build(f"FROM {yard.image}:1.0.0\n")
    result = yard.run()
    assert result.code == 0, result.stderr
    request = yard.request()
    assert request.title == f"Update {yard.image} to 1.1.0"
    assert "libssl3: 3.0.9-1 → 3.0.14-1~deb12u2" in request.body.replace("\\", "")
    assert "CVE-2023-5363 in openssl 3.0.9-1" in request.body  # fixed in 3.0.11-1~deb12u2
    mutations, pushes = yard.forge.mutations, len(yard.remote.requests)
    assert "unchanged" in yard.run().stdout
    assert yard.forge.mutations == mutations
    sent = [one.path for one in yard.remote.requests[pushes:]]
    assert not [one for one in sent if one.endswith("git-receive-pack")]

    yard.push("1.2.0", "3.0.17-1~deb12u2")
    yard.push("1.3.0", "3.0.17-1~deb12u2", "amd64")  # half of it is still missing
    assert yard.run().code == 0
    assert yard.request().title.endswith("to 1.2.0")
    assert yard.request().number == request.number
    assert "not offered for linux/arm64" in yard.request().body

    branch = yard.request().head
    yard.git(yard.bare, "update-ref", "refs/heads/main", f"refs/heads/{branch}")
    merged = yard.request()
    merged.merged, merged.state = True, "closed"
    mutations = yard.forge.mutations
    assert "0 behind" in yard.run().stdout
    assert yard.forge.mutations == mutations
    assert yard.git(yard.bare, "show", "main:Dockerfile") == f"FROM {yard.image}:1.2.0\n"


def test_a_pin_follows_its_tag_when_it_is_pushed_again(yard: Yard) -> None:
    yard.push("1", "3.0.9-1")
    yard.build(f"FROM {yard.image}:1\n")
    assert yard.bedplate.run("pin").code == 0
    old = (yard.clone / "Dockerfile").read_text()
    yard.push("1", "3.0.17-1~deb12u2")
    assert yard.bedplate.run("update").code == 0
    new = (yard.clone / "Dockerfile").read_text()
    assert new != old
    assert new.startswith(f"FROM {yard.image}:1@sha256:")
    assert yard.bedplate.run("pin", "--verify").code == 0
