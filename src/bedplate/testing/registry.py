"""A registry in memory on a real loopback socket, for tests of whatever reads from registries.

with MemoryRegistry() as registry:
    registry.add_image("team/app", "1.0", layers=[layer])
    inspect(f"{registry.host}/team/app:1.0", ...)
    registry.faults.refuse_with = [500, 500]
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from bedplate.model.descriptor import Descriptor
from bedplate.model.digest import Digest
from bedplate.model.media_types import OCI_CONFIG, OCI_INDEX, OCI_LAYER, OCI_MANIFEST
from bedplate.testing.registry_faults import Faults
from bedplate.testing.registry_handler import RegistryHandler

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from ssl import SSLContext
    from types import TracebackType


class Login(StrEnum):
    """How a registry asks who is there."""

    NONE = "none"
    BASIC = "basic"
    BEARER = "bearer"


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """A request as it came, to assert on."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Stored:
    """What a registry holds.

    Args:
        blobs: by digest.
        manifests: (repository, tag or digest) -> media type and content.
        links: (repository, digest) of the blobs that a repository gives out; None lets all
            of them give all.
    """

    blobs: dict[str, bytes] = field(default_factory=dict)
    manifests: dict[tuple[str, str], tuple[str, bytes]] = field(default_factory=dict)
    links: set[tuple[str, str]] | None = None

    def holds(self, repository: str, digest: str) -> bool:
        """Tell whether a repository gives out a blob."""
        linked = self.links is None or (repository, digest) in self.links
        return linked and digest in self.blobs

    def link(self, repository: str, digest: str) -> None:
        """Let a repository give out a blob."""
        if self.links is not None:
            self.links.add((repository, digest))


class MemoryRegistry:
    """A registry that speaks the distribution API.

    Args:
        login: what it asks for.
        user, password: the login that it takes; without a user, a token is given to anyone.
        identity_token: taken by the token server's OAuth2 grant.
        tls: serve https with this context.
        shared: let every repository give out the blobs of all; else each has its own, as
            registries have, and takes others in by mounting them.
    """

    def __init__(
        self,
        login: Login = Login.NONE,
        *,
        user: str = "",
        password: str = "",
        identity_token: str = "",
        tls: SSLContext | None = None,
        shared: bool = True,
    ) -> None:
        self.login = login
        self.user, self.password, self.identity_token = user, password, identity_token
        self.faults = Faults()
        self.stored = Stored(links=None if shared else set())
        self.requests: list[SeenRequest] = []
        self.token = "token-1"  # noqa: S105 - not a secret; tests change it to expire tokens
        self.connections = 0
        self.tags_per_page = 1_000
        self.scheme = "https" if tls else "http"
        self._server = RegistryServer(("127.0.0.1", 0), self, tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def host(self) -> str:
        """`host:port`, as references name it."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The address, without a path."""
        return f"{self.scheme}://{self.host}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.faults.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def add_blob(self, content: bytes, media_type: str = OCI_LAYER) -> Descriptor:
        """Hold a blob; gives its descriptor."""
        digest = Digest.of(content)
        self.stored.blobs[str(digest)] = content
        return Descriptor(media_type, digest, len(content))

    def add_manifest(
        self,
        repository: str,
        document: Mapping[str, Any] | bytes,
        tag: str = "",
        media_type: str = OCI_MANIFEST,
    ) -> Descriptor:
        """Hold a manifest or index, whatever is in it, by digest and tag."""
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        digest = Digest.of(content)
        for key in filter(None, (str(digest), tag)):
            self.stored.manifests[repository, key] = (media_type, content)
        if not isinstance(document, bytes):
            for blob in (document.get("config"), *document.get("layers", ())):
                if blob:
                    self.stored.link(repository, blob["digest"])
        return Descriptor(media_type, digest, len(content))

    def add_image(
        self,
        repository: str,
        tag: str = "latest",
        layers: Sequence[bytes] = (),
        config: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> Descriptor:
        """Hold an image of uncompressed layers.

        Args:
            repository: path in this registry.
            tag: points at the image; empty for none.
            layers: tar files.
            config: fields of the image configuration, over the defaults.
            extra: fields of the manifest, over the defaults (`subject`, `artifactType`, ...).
        """
        blobs = [self.add_blob(layer) for layer in layers]
        configuration = {
            "os": "linux",
            "architecture": "amd64",
            "config": {},
            "rootfs": {"type": "layers", "diff_ids": [str(blob.digest) for blob in blobs]},
            **(config or {}),
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": _json(self.add_blob(json.dumps(configuration).encode(), OCI_CONFIG)),
            "layers": [_json(blob) for blob in blobs],
            **(extra or {}),
        }
        return self.add_manifest(repository, manifest, tag)

    def add_index(
        self, repository: str, tag: str, manifests: Mapping[str, Descriptor]
    ) -> Descriptor:
        """Hold an index.

        Args:
            repository: path in this registry.
            tag: points at the index.
            manifests: by platform, `os/architecture[/variant]`.
        """
        entries = []
        for platform, descriptor in manifests.items():
            words = dict(zip(("os", "architecture", "variant"), platform.split("/"), strict=False))
            entries.append({**_json(descriptor), "platform": words})
        index = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": entries}
        return self.add_manifest(repository, index, tag, OCI_INDEX)

    def note(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keep a request, for tests to look at."""
        self.requests.append(SeenRequest(method, path, headers, body))

    def paths(self, method: str = "GET") -> list[str]:
        """List the paths below `/v2/` that were asked for with a method, in order."""
        return [
            request.path.removeprefix("/v2/")
            for request in self.requests
            if request.method == method and request.path.startswith("/v2/")
        ]


def _json(descriptor: Descriptor) -> dict[str, Any]:
    return {
        "mediaType": descriptor.media_type,
        "digest": str(descriptor.digest),
        "size": descriptor.size,
    }


class RegistryServer(ThreadingHTTPServer):
    """Hands the registry to its handlers, and keeps quiet about broken connections."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(
        self, address: tuple[str, int], registry: MemoryRegistry, tls: SSLContext | None
    ) -> None:
        super().__init__(address, RegistryHandler)
        self.registry = registry
        self._tls = tls

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Greet over TLS, in the thread of the connection."""
        if self._tls is not None:
            request.settimeout(5.0)
            request = self._tls.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)
        if self._tls is not None:
            request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away are part of the tests."""
