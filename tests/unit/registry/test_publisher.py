"""Uploads: mounts, streams, logins for two repositories."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from bedplate.errors import RegistryError
from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.registry.credential_source import Credential
from bedplate.testing.registry import Login, MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from bedplate.model.reference import Reference
    from bedplate.registry.publisher import Publisher
    from conftest import Desk

    Refer = Callable[[MemoryRegistry, str], Reference]

CONTENT = bytes(range(256)) * 4096  # more than is read at once
LAYER = "application/vnd.oci.image.layer.v1.tar"
DESCRIPTOR = Descriptor(LAYER, Digest.of(CONTENT), len(CONTENT))


def opened() -> AbstractContextManager[io.BytesIO]:
    return contextlib.closing(io.BytesIO(CONTENT))


@pytest.fixture
def scoped() -> Iterator[MemoryRegistry]:
    """Run a registry whose repositories have their own blobs; `source` holds one."""
    with MemoryRegistry(shared=False) as registry:
        registry.add_blob(CONTENT)
        registry.stored.link("source", str(DESCRIPTOR.digest))
        yield registry


def publisher_of(desk: Desk, refer: Refer, registry: MemoryRegistry) -> Publisher:
    return desk.client().publisher(refer(registry, "target:1"))


def test_a_blob_is_mounted(desk: Desk, refer: Refer, scoped: MemoryRegistry) -> None:
    publisher = publisher_of(desk, refer, scoped)
    assert not publisher.holds_blob(DESCRIPTOR)
    assert publisher.bring_blob(DESCRIPTOR, opened, "source")
    assert publisher.holds_blob(DESCRIPTOR)
    assert scoped.paths("PUT") == []


@pytest.mark.parametrize("source", ["", "nobody"])
def test_a_blob_that_can_not_be_mounted_is_streamed(
    desk: Desk, refer: Refer, scoped: MemoryRegistry, source: str
) -> None:
    publisher = publisher_of(desk, refer, scoped)
    assert not publisher.bring_blob(DESCRIPTOR, opened, source)
    [sent] = [request for request in scoped.requests if request.method == "PUT"]
    assert sent.body == CONTENT
    assert sent.headers["Content-Length"] == str(len(CONTENT))
    assert "Transfer-Encoding" not in sent.headers


def test_a_stream_is_opened_anew_when_it_has_to_be_sent_again(
    desk: Desk, refer: Refer, scoped: MemoryRegistry
) -> None:
    publisher = publisher_of(desk, refer, scoped)
    times = []

    def open_blob() -> AbstractContextManager[io.BytesIO]:
        times.append(1)
        if len(times) == 1:
            scoped.faults.refuse_with = [503]
        return opened()

    assert not publisher.bring_blob(DESCRIPTOR, open_blob)
    assert len(times) == 2
    assert scoped.stored.holds("target", str(DESCRIPTOR.digest))


def test_a_mount_asks_for_a_token_of_both_repositories(desk: Desk, refer: Refer) -> None:
    with MemoryRegistry(Login.BEARER, user="ann", password="word", shared=False) as registry:
        registry.add_blob(CONTENT)
        registry.stored.link("source", str(DESCRIPTOR.digest))
        logins = {registry.host: Credential("ann", "word", source="test")}
        publisher = desk.client(logins).publisher(refer(registry, "target:1"))
        assert not publisher.holds_blob(DESCRIPTOR)
        assert publisher.bring_blob(DESCRIPTOR, opened, "source")
        asked = [r.path for r in registry.requests if r.path.startswith("/token")]
        scopes = parse_qs(urlsplit(asked[-1]).query)["scope"]
        assert scopes == ["repository:target:pull,push", "repository:source:pull"]


def test_an_upload_that_goes_on_elsewhere_gets_no_bytes(
    desk: Desk, refer: Refer, scoped: MemoryRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = publisher_of(desk, refer, scoped)
    answer = (202, {"Location": "http://127.0.0.2:9/v2/target/blobs/uploads/x"}, "")
    monkeypatch.setattr("bedplate.testing.registry_handler.upload", lambda *_: answer)
    with pytest.raises(RegistryError, match="another place"):
        publisher.bring_blob(DESCRIPTOR, opened)
