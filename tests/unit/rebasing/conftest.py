"""A registry of bases and images on them, and runs of the two commands."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bedplate.flows.annotate import annotate
from bedplate.flows.opening import open_session
from bedplate.flows.rebase import rebase
from bedplate.flows.rebase_request import RebaseRequest
from bedplate.model.digest import Digest
from bedplate.model.platform import Platform
from bedplate.testing.layer_builder import layer_tar
from bedplate.testing.registry import MemoryRegistry

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedplate.model.descriptor import Descriptor
    from bedplate.model.rebase_report import AnnotateReport, RebaseReport

PASSWD = b"root:x:0:0:root:/root:/bin/sh\nweb:x:1000:1000::/home/web:/bin/sh\n"
BASE_NAME = "org.opencontainers.image.base.name"


def base_layer(release: str, **more: bytes) -> bytes:
    """Make a base that can be told from others."""
    files: dict[str, bytes] = {
        "etc/os-release": f"ID=debian\nVERSION_ID={release}\n".encode(),
        "etc/passwd": PASSWD,
        "bin/sh": b"#!shell",
    }
    return layer_tar({**files, **{name.replace("__", "/"): v for name, v in more.items()}})


class Shop:
    """A registry with `os:1`, `os:2` and `team/app:1`, which stands on `os:1`."""

    def __init__(self, registry: MemoryRegistry) -> None:
        self.registry = registry
        self.session = replace(
            open_session(today=dt.date(2026, 11, 27)), platform=Platform("linux", "amd64")
        )
        self.notices: list[str] = []
        self.session = replace(self.session, notify=self.notices.append)

    def name(self, path: str) -> str:
        return f"{self.registry.host}/{path}"

    def image(
        self,
        path: str,
        layers: Sequence[bytes],
        run: Mapping[str, Any] | None = None,
        base: str = "",
        **config: Any,
    ) -> Descriptor:
        """Hold an image; `base` is what its annotation names."""
        repository, _, tag = path.partition(":")
        extra = {"annotations": {BASE_NAME: self.name(base)}} if base else {}
        whole = {"config": dict(run or {}), **config}
        return self.registry.add_image(repository, tag, layers, whole, extra)

    def rebase(self, onto: str = "os:2", image: str = "team/app:1", **more: Any) -> RebaseReport:
        more.setdefault("tag", "2")
        request = RebaseRequest(self.name(image), self.name(onto), **more)
        return rebase(request, self.session)

    def annotate(self, image: str = "team/app:1", **more: Any) -> AnnotateReport:
        return annotate(self.name(image), self.session, **more)

    def manifest(self, path: str) -> dict[str, Any]:
        repository, separator, target = path.partition("@")
        if not separator:
            repository, _, target = path.partition(":")
        _, content = self.registry.stored.manifests[repository, target]
        document: dict[str, Any] = json.loads(content)
        return document

    def config(self, path: str) -> dict[str, Any]:
        digest = self.manifest(path)["config"]["digest"]
        document: dict[str, Any] = json.loads(self.registry.stored.blobs[digest])
        return document

    def digest(self, path: str) -> Digest:
        repository, _, tag = path.partition(":")
        return Digest.of(self.registry.stored.manifests[repository, tag][1])

    def sent(self, method: str) -> list[str]:
        return self.registry.paths(method)


APP = layer_tar({"srv/app/main.py": b"print()"})


@pytest.fixture
def shop() -> Iterator[Shop]:
    with MemoryRegistry(shared=False) as registry:
        shop = Shop(registry)
        shop.image("os:1", [base_layer("12")], {"Env": ["PATH=/bin", "RELEASE=12"]})
        shop.image("os:2", [base_layer("13")], {"Env": ["PATH=/bin:/sbin", "RELEASE=13"]})
        run = {"Env": ["PATH=/srv/bin:/bin", "RELEASE=12", "OWN=yes"], "User": "web"}
        shop.image("team/app:1", [base_layer("12"), APP], run, "os:1")
        yield shop
        shop.session.access.registry().close()
