"""What the client gives from a registry that behaves."""

from __future__ import annotations

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import ImageNotFound, InvalidConfiguration, LimitExceeded
from bedplate.model.digest import Digest
from bedplate.model.media_types import OCI_INDEX, OCI_MANIFEST
from bedplate.model.reference import Reference
from bedplate.registry.settings import Mirror, RegistryRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.registry.conftest import Desk

    from bedplate.registry.client import RegistryClient
    from bedplate.testing.registry import MemoryRegistry

    Refer = Callable[[MemoryRegistry, str], Reference]


def test_a_manifest_by_tag_and_by_digest(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    image = registry.add_image("team/app", "1.0", [b"layer"])
    by_tag = client.get_manifest(refer(registry, "team/app:1.0"))
    by_digest = client.get_manifest(refer(registry, f"team/app@{image.digest}"))
    assert by_tag == by_digest
    assert by_tag.digest == image.digest
    assert by_tag.media_type == OCI_MANIFEST
    assert len(by_tag.content) == image.size


def test_head_costs_one_request_without_a_body(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    image = registry.add_image("app", "1.0")
    assert client.head_manifest(refer(registry, "app:1.0")) == image
    assert client.budget.total() == 1
    assert registry.paths("HEAD") == ["app/manifests/1.0"]


@pytest.mark.parametrize("fault", ["no_head", "no_digest_header"])
def test_head_falls_back_to_get(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, fault: str
) -> None:
    image = registry.add_image("app", "1.0")
    setattr(registry.faults, fault, True)
    assert client.head_manifest(refer(registry, "app:1.0")) == image


@pytest.mark.parametrize(
    ("name", "words"),
    [("app:2.0", "manifest unknown"), ("other:1.0", "the registry has no such repository")],
)
def test_what_is_not_there_is_named(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, name: str, words: str
) -> None:
    registry.add_image("app", "1.0")
    with pytest.raises(ImageNotFound) as caught:
        client.get_manifest(refer(registry, name))
    assert f"{registry.host}/{name}" in str(caught.value)
    assert words in str(caught.value)
    with pytest.raises(ImageNotFound, match=name):
        client.head_manifest(refer(registry, name))


def test_a_blob_comes_whole(registry: MemoryRegistry, client: RegistryClient, refer: Refer) -> None:
    content = bytes(range(256)) * 2_000
    blob = registry.add_blob(content)
    reference = refer(registry, "app:1.0")
    with client.open_blob(reference, blob) as reader:
        assert b"".join(iter(lambda: reader.read(100_000), b"")) == content
    assert client.get_blob(reference, blob, 1_000_000) == content


def test_a_blob_over_the_limit_is_not_asked_for(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    blob = registry.add_blob(b"x" * 100)
    with pytest.raises(LimitExceeded, match="100"):
        client.get_blob(refer(registry, "app:1.0"), blob, 99)
    assert registry.requests == []


def test_tags_of_every_page(registry: MemoryRegistry, client: RegistryClient, refer: Refer) -> None:
    names = [f"1.{i}" for i in range(25)]
    for name in names:
        registry.add_image("app", name)
    registry.tags_per_page = 10
    assert sorted(client.tags(refer(registry, "app"))) == sorted(names)
    assert client.budget.total("tags") == 3


def test_tags_are_fetched_as_they_are_taken(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    for i in range(30):
        registry.add_image("app", f"1.{i}")
    registry.tags_per_page = 10
    assert len(list(itertools.islice(client.tags(refer(registry, "app")), 5))) == 5
    assert client.budget.total("tags") == 1


def test_tags_of_a_missing_repository(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    with pytest.raises(ImageNotFound, match=r"the tag list of .*/app"):
        client.tags(refer(registry, "app"))


def _signature(of: Digest, kind: str) -> dict[str, object]:
    subject = {"mediaType": OCI_MANIFEST, "digest": str(of), "size": 1}
    return {"artifactType": kind, "subject": subject}


@pytest.mark.parametrize("ignores_filters", [False, True])
def test_referrers_by_type(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, *, ignores_filters: bool
) -> None:
    image = registry.add_image("app", "1.0")
    sbom = registry.add_image("app", "", extra=_signature(image.digest, "application/sbom"))
    registry.add_image("app", "", extra=_signature(image.digest, "application/signature"))
    registry.faults.ignore_filters = ignores_filters
    reference = refer(registry, "app:1.0")
    assert len(client.referrers(reference, image.digest).manifests) == 2
    found = client.referrers(reference, image.digest, "application/sbom")
    assert [entry.digest for entry in found.manifests] == [sbom.digest]


def test_referrers_by_tag_where_there_is_no_api(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    image = registry.add_image("app", "1.0")
    entry = {
        "mediaType": OCI_MANIFEST,
        "digest": str(image.digest),
        "size": 9,
        "artifactType": "a/b",
    }
    index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry]}
    registry.add_manifest("app", index, f"sha256-{image.digest.hex}", OCI_INDEX)
    registry.faults.no_referrers = True
    reference = refer(registry, "app:1.0")
    assert len(client.referrers(reference, image.digest, "a/b").manifests) == 1
    assert client.referrers(reference, image.digest, "c/d").manifests == ()
    assert client.referrers(reference, Digest.of(b"unsigned")).manifests == ()


def test_ping(registry: MemoryRegistry, client: RegistryClient, refer: Refer) -> None:
    client.ping(refer(registry, "app"))
    assert [request.path for request in registry.requests] == ["/v2/"]


def test_many_threads_share_a_client(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    blobs = [registry.add_blob(bytes([i]) * 50_000) for i in range(16)]
    reference = refer(registry, "app:1.0")
    with ThreadPoolExecutor(8) as pool:
        contents = list(pool.map(lambda blob: client.get_blob(reference, blob, 10**6), blobs))
    assert contents == [bytes([i]) * 50_000 for i in range(16)]
    assert client.budget.total("blob") == 16


def _mirrored(*mirrors: Mirror, prefix: str = "origin.invalid") -> tuple[RegistryRule, ...]:
    return (RegistryRule(prefix, mirrors=mirrors, source="test.conf"),)


def test_a_mirror_is_asked_first(
    registry: MemoryRegistry, another_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    registry.add_image("app", "1.0")
    another_registry.add_image("copies/app", "1.0")
    mirror = Mirror(f"{another_registry.host}/copies")
    client = desk.client(rules=_mirrored(mirror, prefix=registry.host))
    client.get_manifest(refer(registry, "app:1.0"))
    assert another_registry.paths() == ["copies/app/manifests/1.0"]
    assert registry.requests == []


def test_a_mirror_that_lacks_or_damages_an_image_is_passed_over(
    registry: MemoryRegistry, another_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    image = registry.add_image("app", "1.0", [b"layer"])
    client = desk.client(rules=_mirrored(Mirror(another_registry.host), prefix=registry.host))
    reference = refer(registry, f"app@{image.digest}")
    assert client.get_manifest(reference).digest == image.digest
    another_registry.add_image("app", "1.0", [b"layer"])
    another_registry.faults.corrupt_manifests = True
    assert client.get_manifest(reference).digest == image.digest
    another_registry.faults.corrupt_blobs = True
    blob = another_registry.add_blob(b"layer")
    assert client.get_blob(reference, blob, 100) == b"layer"


def test_a_mirror_that_does_not_answer_is_asked_once(
    registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    registry.add_image("app", "1.0")
    client = desk.client(rules=_mirrored(Mirror("127.0.0.1:1"), prefix=registry.host))
    for _ in range(3):
        client.get_manifest(refer(registry, "app:1.0"))
    assert client.budget.total(host="127.0.0.1:1") <= 2  # plain, then TLS


def test_a_mirror_for_digests_is_not_asked_for_tags(
    registry: MemoryRegistry, another_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    image = registry.add_image("app", "1.0")
    mirror = Mirror(another_registry.host, pull="digest-only")
    client = desk.client(rules=_mirrored(mirror, prefix=registry.host))
    client.get_manifest(refer(registry, "app:1.0"))
    assert another_registry.requests == []
    client.get_manifest(refer(registry, f"app@{image.digest}"))
    assert len(another_registry.requests) == 1


def test_tags_come_from_the_registry_and_only_then_from_a_mirror(
    registry: MemoryRegistry, another_registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    registry.add_image("app", "true")
    another_registry.add_image("app", "copied")
    client = desk.client(rules=_mirrored(Mirror(another_registry.host), prefix=registry.host))
    assert list(client.tags(refer(registry, "app"))) == ["true"]
    registry.faults.web_pages = True
    assert list(client.tags(refer(registry, "app"))) == ["copied"]


def test_a_location_stands_for_its_prefix(
    registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    image = registry.add_image("hub/library/node", "20")
    rule = RegistryRule("docker.io", location=f"{registry.host}/hub")
    client = desk.client(rules=(rule,))
    assert client.head_manifest(Reference.parse("node:20")) == image


def test_a_blocked_registry_is_not_asked(
    registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    rule = RegistryRule(f"{registry.host}/secret", blocked=True, source="company.conf")
    client = desk.client(rules=(rule,))
    with pytest.raises(InvalidConfiguration, match=r"company\.conf"):
        client.get_manifest(refer(registry, "secret/app:1"))
    assert registry.requests == []


def test_a_manifest_served_as_plain_json_is_left_to_its_own_word(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.add_image("app", "1.0")
    registry.faults.content_type = "text/plain; charset=utf-8"
    document = client.get_manifest(refer(registry, "app:1.0"))
    assert document.media_type == ""
    assert json.loads(document.content)["mediaType"] == OCI_MANIFEST
