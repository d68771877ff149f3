"""The client against docker-registry, with images that skopeo pushed."""

from __future__ import annotations

import base64
import contextlib
import json
from typing import TYPE_CHECKING

import pytest
from rig.processes import run
from rig.registries import push

from bedplate.errors import ImageNotFound, Unauthorized
from bedplate.images.image import OpenedImage
from bedplate.images.image_source import Access
from bedplate.images.opening import open_image
from bedplate.model.digest import Digest
from bedplate.model.documents import parse_document
from bedplate.model.manifest import Manifest
from bedplate.model.platform import Platform
from bedplate.model.reference import Reference
from bedplate.registry.credential_source import CredentialPlaces
from bedplate.registry.opening import open_client
from bedplate.registry.settings import RegistrySettings
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.layout_builder import LayoutBuilder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rig.registries import Login

    from bedplate.registry.client import RegistryClient

pytestmark = pytest.mark.real("docker-registry", "skopeo")


@contextlib.contextmanager
def _client(places: CredentialPlaces | None = None) -> Iterator[RegistryClient]:
    client = open_client(RegistrySettings(), places or CredentialPlaces())
    try:
        yield client
    finally:
        client.close()


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a small image in an OCI layout, tagged `small`."""
    folder = tmp_path_factory.mktemp("layout")
    layers = [layer_tar({"etc/one": bytes(200_000)}), layer_tar({"etc/two": b"2"})]
    LayoutBuilder(folder).add_image(layers, tag="small")
    return folder


@pytest.fixture(scope="module")
def image(layout: Path, registry: str) -> str:
    """Push it; gives its name."""
    name = f"{registry}/client/small:oci"
    push(layout, "small", name)
    return name


def _layers(client: RegistryClient, reference: Reference) -> Manifest:
    document = client.get_manifest(reference)
    manifest = parse_document(document.content, document.media_type)
    assert isinstance(manifest, Manifest)
    return manifest


def test_a_manifest_is_what_skopeo_sees(image: str) -> None:
    raw = run(["skopeo", "inspect", "--raw", "--tls-verify=false", f"docker://{image}"])
    reference = Reference.parse(image)
    with _client() as client:
        document = client.get_manifest(reference)
        head = client.head_manifest(reference)
        pinned = client.get_manifest(reference.with_digest(document.digest))
    assert document.content == raw.encode()
    assert (head.digest, head.size) == (document.digest, len(document.content))
    assert head.media_type == document.media_type
    assert pinned == document


def test_blobs_are_whole(image: str) -> None:
    reference = Reference.parse(image)
    with _client() as client:
        for layer in _layers(client, reference).layers:
            with client.open_blob(reference, layer) as reader:
                content = b"".join(iter(lambda: reader.read(10_000), b""))
            assert Digest.of(content) == layer.digest


def test_tags(layout: Path, registry: str) -> None:
    names = [f"v{number}" for number in range(5)]
    for name in names:
        push(layout, "small", f"{registry}/client/many:{name}")
    reference = Reference.parse(f"{registry}/client/many")
    with _client() as client:
        assert sorted(client.tags(reference)) == names


def test_docker_manifests(layout: Path, registry: str) -> None:
    push(layout, "small", f"{registry}/client/small:docker", "--format=v2s2")
    with _client() as client:
        manifest = _layers(client, Reference.parse(f"{registry}/client/small:docker"))
    assert manifest.media_type == "application/vnd.docker.distribution.manifest.v2+json"


def test_an_image_in_two_requests(image: str, tmp_path: Path) -> None:
    with _client() as client, open_image(image, Access(lambda: client, tmp_path)) as opened:
        assert isinstance(opened, OpenedImage)
        chosen = opened.select(Platform("linux", "amd64"))
        assert chosen.config is not None
        assert len(chosen.config.diff_ids) == 2
        assert client.budget.total() - client.budget.total("HEAD manifest") == 2


@pytest.mark.parametrize("name", ["client/small:none", "client/nobody:1"])
def test_what_is_not_there(registry: str, name: str) -> None:
    with _client() as client, pytest.raises(ImageNotFound, match=name):
        client.get_manifest(Reference.parse(f"{registry}/{name}"))


def test_referrers_of_a_registry_without_that_api(image: str) -> None:
    reference = Reference.parse(image)
    with _client() as client:
        digest = client.head_manifest(reference).digest
        assert client.referrers(reference, digest).manifests == ()


@pytest.mark.real("htpasswd")
@pytest.mark.parametrize("form", ["docker", "podman"])
def test_a_login(layout: Path, registry_htpasswd: Login, tmp_path: Path, form: str) -> None:
    host, user, password = registry_htpasswd
    push(layout, "small", f"{host}/client/small:1")
    secret = base64.b64encode(f"{user}:{password}".encode()).decode()
    file = tmp_path / "auth.json"
    file.write_text(json.dumps({"auths": {host: {"auth": secret}}}))
    places = (
        CredentialPlaces(docker_config=file)
        if form == "docker"
        else CredentialPlaces(podman_auth_files=(file,))
    )
    reference = Reference.parse(f"{host}/client/small:1")
    with _client(places) as client:
        assert len(_layers(client, reference).layers) == 2
        assert list(client.tags(reference)) == ["1"]
        client.ping(reference)


@pytest.mark.real("htpasswd")
def test_without_a_login_or_with_a_wrong_one(registry_htpasswd: Login, tmp_path: Path) -> None:
    host, user, _ = registry_htpasswd
    reference = Reference.parse(f"{host}/client/small:1")
    with _client() as client, pytest.raises(Unauthorized, match="log in"):
        client.get_manifest(reference)
    secret = base64.b64encode(f"{user}:wr0ng-word".encode()).decode()
    file = tmp_path / "config.json"
    file.write_text(json.dumps({"auths": {host: {"auth": secret}}}))
    with (
        _client(CredentialPlaces(docker_config=file)) as client,
        pytest.raises(Unauthorized) as caught,
    ):
        client.get_manifest(reference)
    assert "wr0ng-word" not in str(caught.value)
