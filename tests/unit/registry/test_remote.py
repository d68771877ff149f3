"""Images in a registry, as the rooms above see them."""

from __future__ import annotations

import base64
import dataclasses
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import DigestMismatch, InvalidReference, UnsupportedMediaType
from bedplate.images.image import OpenedImage
from bedplate.images.image_source import Access
from bedplate.images.image_sources import remote
from bedplate.images.opening import open_image
from bedplate.model.documents import parse_document
from bedplate.model.manifest import Index, Manifest
from bedplate.model.platform import Platform

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.registry.client import RegistryClient
    from bedplate.testing.registry import MemoryRegistry


@pytest.fixture
def access(client: RegistryClient, tmp_path: Path) -> Access:
    return Access(lambda: client, tmp_path)


def test_an_image_costs_three_requests(
    registry: MemoryRegistry, client: RegistryClient, access: Access
) -> None:
    amd64 = registry.add_image("app", "", [b"one"])
    arm64 = registry.add_image("app", "", [b"two"], {"architecture": "arm64"})
    registry.add_index("app", "1", {"linux/amd64": amd64, "linux/arm64": arm64})
    with open_image(f"{registry.host}/app:1", access) as opened:
        assert isinstance(opened, OpenedImage)
        image = opened.select(Platform("linux", "arm64"))
        assert image.config is not None
        assert image.config.platform.architecture == "arm64"
        assert image.manifest_digest == arm64.digest
        opened.select(Platform("linux", "arm64"))
    assert client.budget.total() == 3
    assert client.budget.total("manifest") == 2


def test_a_plain_reference_means_latest(registry: MemoryRegistry, access: Access) -> None:
    registry.add_image("app", "latest")
    for name in (f"{registry.host}/app", f"//{registry.host}/app"):
        content = remote.open(name, access)
        assert content.name == f"{registry.host}/app:latest"
        assert content.place == registry.host
        assert isinstance(parse_document(content.root().content), Manifest)
        content.close()


def test_a_layer_is_a_stream(registry: MemoryRegistry, access: Access) -> None:
    layer = bytes(1000)
    registry.add_image("app", "1", [layer])
    content = remote.open(f"{registry.host}/app:1", access)
    manifest = parse_document(content.root().content)
    assert isinstance(manifest, Manifest)
    with content.blob(manifest.layers[0]) as reader:
        assert b"".join(iter(lambda: reader.read(300), b"")) == layer


def test_embedded_content_costs_no_request_and_is_verified(
    registry: MemoryRegistry, client: RegistryClient, access: Access
) -> None:
    config = registry.add_blob(b"{}")
    embedded = {
        "mediaType": "application/vnd.oci.image.config.v1+json",
        "digest": str(config.digest),
        "size": 2,
        "data": base64.b64encode(b"{}").decode(),
    }
    registry.add_image("app", "1", extra={"config": embedded})
    content = remote.open(f"{registry.host}/app:1", access)
    manifest = parse_document(content.root().content)
    assert isinstance(manifest, Manifest)
    assert content.document(manifest.config).content == b"{}"
    assert client.budget.total() == 1
    lying = dataclasses.replace(manifest.config, data=b"[]")
    other = remote.open(f"{registry.host}/app:1", access)
    with pytest.raises(DigestMismatch):
        other.document(lying)


def test_an_index_served_as_something_else_is_an_index(
    registry: MemoryRegistry, access: Access
) -> None:
    image = registry.add_image("app", "")
    registry.add_index("app", "1", {"linux/amd64": image})
    registry.faults.content_type = "application/json"
    with open_image(f"{registry.host}/app:1", access) as opened:
        assert isinstance(opened, OpenedImage)
        assert isinstance(opened.document, Index)


def test_schema_1(registry: MemoryRegistry, access: Access) -> None:
    old = "application/vnd.docker.distribution.manifest.v1+prettyjws"
    registry.add_manifest("app", {"schemaVersion": 1, "fsLayers": []}, "1", old)
    with (
        pytest.raises(UnsupportedMediaType, match="schema 1"),
        open_image(f"{registry.host}/app:1", access),
    ):
        pass


def test_a_name_that_is_no_reference(access: Access) -> None:
    with pytest.raises(InvalidReference):
        remote.open("No/Upper Case", access)
