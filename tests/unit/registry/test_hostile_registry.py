"""Registries that break, lie or never end: each gives one clear error, in bounded time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.errors import (
    BedplateError,
    CorruptImage,
    DigestMismatch,
    InvalidDocument,
    LimitExceeded,
    RateLimited,
    RegistryError,
    RegistryUnreachable,
    Unauthorized,
)
from bedplate.model.digest import Digest
from bedplate.model.reference import Reference
from bedplate.registry import tag_pages
from bedplate.support.http_settings import HttpSettings

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.registry.conftest import Desk

    from bedplate.model.descriptor import Descriptor
    from bedplate.registry.client import RegistryClient
    from bedplate.testing.registry import MemoryRegistry

    Refer = Callable[[MemoryRegistry, str], Reference]

CONTENT = bytes(range(251)) * 4_000


def _take(client: RegistryClient, reference: Reference, blob: Descriptor) -> bytes:
    with client.open_blob(reference, blob) as reader:
        return b"".join(iter(lambda: reader.read(50_000), b""))


@pytest.mark.parametrize("no_ranges", [False, True])
def test_a_broken_blob_is_taken_up_where_it_broke(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, *, no_ranges: bool
) -> None:
    blob = registry.add_blob(CONTENT)
    registry.faults.cut_blobs, registry.faults.cuts = 300_000, 3
    registry.faults.no_ranges = no_ranges
    assert _take(client, refer(registry, "app:1"), blob) == CONTENT
    asked = [request.headers.get("Range") for request in registry.requests]
    assert asked[1] == "bytes=300000-"


def test_a_blob_that_breaks_for_ever_ends(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    blob = registry.add_blob(CONTENT)
    registry.faults.cut_blobs = 10
    with pytest.raises(RegistryUnreachable, match="broke the connection off"):
        _take(client, refer(registry, "app:1"), blob)
    assert len(registry.requests) < 20


def test_another_range_than_asked_for(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    blob = registry.add_blob(CONTENT)
    registry.faults.cut_blobs, registry.faults.cuts = 1000, 1
    registry.faults.wrong_range = True
    with pytest.raises(RegistryError, match="another range"):
        _take(client, refer(registry, "app:1"), blob)


@pytest.mark.parametrize("announced", [len(CONTENT) - 1, len(CONTENT) + 1])
def test_a_blob_of_another_size_than_announced(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, announced: int
) -> None:
    blob = registry.add_blob(CONTENT)
    wrong = type(blob)(blob.media_type, blob.digest, announced)
    with pytest.raises(CorruptImage, match=str(announced)):
        _take(client, refer(registry, "app:1"), wrong)


def test_a_blob_that_goes_on_after_its_size(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    blob = registry.add_blob(CONTENT)
    registry.faults.longer_blobs = 1
    with pytest.raises(CorruptImage, match="longer than"):
        _take(client, refer(registry, "app:1"), blob)


def test_damaged_bytes(registry: MemoryRegistry, client: RegistryClient, refer: Refer) -> None:
    image = registry.add_image("app", "1", [CONTENT])
    blob = registry.add_blob(CONTENT)
    registry.faults.corrupt_blobs = registry.faults.corrupt_manifests = True
    with pytest.raises(DigestMismatch, match=str(blob.digest)):
        client.get_blob(refer(registry, "app:1"), blob, 10**7)
    for name in ("app:1", f"app@{image.digest}"):
        with pytest.raises(DigestMismatch, match=str(image.digest)):
            client.get_manifest(refer(registry, name))


def test_another_image_under_a_digest(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.add_image("app", "1")
    wanted = Digest.of(b"something else")
    registry.stored.manifests["app", str(wanted)] = registry.stored.manifests["app", "1"]
    reference = refer(registry, f"app@{wanted}")
    with pytest.raises(DigestMismatch):
        client.get_manifest(reference)
    with pytest.raises(DigestMismatch):
        client.head_manifest(reference)


def test_a_digest_header_that_is_none(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.add_image("app", "1")
    registry.faults.digest_header = "sha256:zz"
    with pytest.raises(RegistryError, match="Docker-Content-Digest"):
        client.get_manifest(refer(registry, "app:1"))


@pytest.mark.parametrize("operation", ["get_manifest", "head_manifest", "tags", "ping"])
def test_web_pages(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, operation: str
) -> None:
    registry.faults.web_pages = True
    if operation == "ping":
        client.ping(refer(registry, "app:1"))  # anything that answers 200 is alive
        return
    with pytest.raises(RegistryError, match="web page"):
        list(getattr(client, operation)(refer(registry, "app:1")))


def test_a_silent_registry_is_given_up_within_the_time_out(
    registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    registry.faults.silent = True
    client = desk.client(http=HttpSettings(connect_timeout=0.3))
    with pytest.raises(RegistryUnreachable, match=r"does not answer within 0\.3 s"):
        client.get_manifest(refer(registry, "app:1"))
    assert len(registry.requests) == 1


def test_headers_that_trickle_are_cut_off(
    registry: MemoryRegistry, desk: Desk, refer: Refer
) -> None:
    registry.faults.trickle = True
    client = desk.client(http=HttpSettings(connect_timeout=0.5))
    with pytest.raises(RegistryUnreachable):
        client.get_manifest(refer(registry, "app:1"))


def test_nothing_listens(client: RegistryClient) -> None:
    with pytest.raises(RegistryUnreachable, match=r"127\.0\.0\.1:1 can't be reached"):
        client.get_manifest(Reference.parse("127.0.0.1:1/app:1"))


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_passes(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, status: int
) -> None:
    registry.add_image("app", "1")
    registry.faults.refuse_with = [status, status]
    client.get_manifest(refer(registry, "app:1"))
    assert client.budget.total("retry") == 2


def test_a_server_error_that_stays_is_told_in_its_own_words(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, desk: Desk
) -> None:
    registry.faults.refuse_with = [500] * 50
    registry.faults.refuse_body = b'{"errors":[{"code":"X","message":"disk\\u001b[31m is full"}]}'
    with pytest.raises(RegistryError) as caught:
        client.get_manifest(refer(registry, "app:1"))
    assert "status 500" in caught.value.message
    assert "disk [31m is full" in caught.value.message
    assert len(registry.requests) == 4
    assert desk.clock.slept == sorted(desk.clock.slept)


def test_a_rate_limit_is_waited_out(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, desk: Desk
) -> None:
    registry.add_image("app", "1")
    registry.faults.refuse_with = [429]
    registry.faults.refuse_headers = {"Retry-After": "7"}
    client.get_manifest(refer(registry, "app:1"))
    assert sum(desk.clock.slept) == pytest.approx(7)


def test_a_rate_limit_that_asks_for_too_much(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, desk: Desk
) -> None:
    registry.faults.refuse_with = [429]
    registry.faults.refuse_headers = {"Retry-After": "3600"}
    with pytest.raises(RateLimited) as caught:
        client.get_manifest(refer(registry, "app:1"))
    assert caught.value.retry_after == 3600
    assert desk.clock.slept == []
    assert len(registry.requests) == 1


def test_redirects_in_a_circle_and_without_end(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.faults.redirect_in_circle = True
    with pytest.raises(RegistryError, match="in a circle"):
        client.get_manifest(refer(registry, "app:1"))
    registry.faults.redirect_in_circle = False
    registry.faults.endless_redirects = True
    with pytest.raises(RegistryError, match="more than 5 times"):
        client.get_manifest(refer(registry, "app:1"))


def test_tags_without_end(
    registry: MemoryRegistry,
    client: RegistryClient,
    refer: Refer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    registry.add_image("app", "1")
    registry.faults.endless_tags = True
    monkeypatch.setattr(tag_pages, "MAX_PAGES", 20)
    with pytest.raises(LimitExceeded, match="20 pages"):
        list(client.tags(refer(registry, "app")))
    monkeypatch.setattr(tag_pages, "MAX_TAGS", 5)
    with pytest.raises(LimitExceeded, match="5 tags"):
        list(client.tags(refer(registry, "app")))


def test_tags_that_link_to_themselves(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.add_image("app", "1")
    registry.faults.circular_tags = True
    with pytest.raises(RegistryError, match="circle"):
        list(client.tags(refer(registry, "app")))


def test_tags_that_go_on_elsewhere(
    registry: MemoryRegistry,
    another_registry: MemoryRegistry,
    client: RegistryClient,
    refer: Refer,
) -> None:
    registry.add_image("app", "1")
    registry.faults.tags_elsewhere = f"{another_registry.url}/v2/app/tags/list"
    with pytest.raises(RegistryError, match="another host"):
        list(client.tags(refer(registry, "app")))
    assert another_registry.requests == []


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"[" * 100_000, b'{"tags": 7}', b'{"tags": [1]}', b'{"tags": {"a": 1}}'],
)
def test_a_tag_list_that_is_none(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, body: bytes
) -> None:
    registry.faults.refuse_with = [200]
    registry.faults.refuse_body = body
    with pytest.raises(InvalidDocument, match="tag list"):
        list(client.tags(refer(registry, "app")))


def test_tags_that_are_no_tags_are_passed_over(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.faults.refuse_with = [200]
    registry.faults.refuse_body = b'{"tags": ["ok", "../../etc", "", "a b", "\\u001b[2J", "ok"]}'
    assert list(client.tags(refer(registry, "app"))) == ["ok"]


def test_an_endless_manifest(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.add_manifest("app", b" " * (5 * 1024 * 1024), "1")
    with pytest.raises(LimitExceeded):
        client.get_manifest(refer(registry, "app:1"))


def test_connections_dropped_before_an_answer(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer
) -> None:
    registry.add_image("app", "1")
    client.get_manifest(refer(registry, "app:1"))
    registry.faults.drop = 2
    client.get_manifest(refer(registry, "app:1"))
    assert client.budget.total("retry") == 2


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_in_the_registrys_words(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, status: int
) -> None:
    registry.faults.refuse_with = [status]
    registry.faults.refuse_body = b'{"errors":[{"code":"DENIED","message":"not for you"}]}'
    with pytest.raises(Unauthorized, match=r"refuses .*app:1: not for you"):
        client.get_manifest(refer(registry, "app:1"))


@pytest.mark.parametrize("status", [204, 206, 300, 304, 400, 404, 410, 418, 451, 505, 599])
@pytest.mark.parametrize(
    "body", [b"", b"<html>", b'{"errors": "x"}', b'{"errors":[7,{"code":[]}]}']
)
def test_any_other_answer_is_one_line(
    registry: MemoryRegistry, client: RegistryClient, refer: Refer, status: int, body: bytes
) -> None:
    registry.faults.refuse_with = [status]
    registry.faults.refuse_body = body if status not in (204, 304) else b""
    with pytest.raises(BedplateError) as caught:
        client.get_manifest(refer(registry, "app:1"))
    assert "\n" not in str(caught.value)
    assert registry.host in str(caught.value)
