"""How much is asked of a registry: by the access log of a real one."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measurement import Measurement
from rig import components, registries
from rig.bedplate_command import Bedplate
from rig.images import build_images
from rig.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

# four images that share layers: app stands on node-slim, that and full stand on slim
_IMAGES = ("slim", "full", "node-slim", "app")


def measure(rounds: int) -> Iterator[Measurement]:  # noqa: ARG001 - counts need no rounds
    """Give the measurements."""
    if absent := components.missing(["docker-registry", *components.BUILDERS]):
        print(f"requests: left out, missing {', '.join(absent)}")
        return
    print("requests: docker-registry on loopback, cold caches")
    images = build_images()
    layout = Layout(images.layout)
    layers = [layer["digest"] for name in _IMAGES for layer in layout.manifest(name)["layers"]]
    with tempfile.TemporaryDirectory() as folder, registries.serve(Path(folder)) as registry:
        names = [f"{registry.host}/{name}:bench" for name in _IMAGES]
        for name, target in zip(_IMAGES, names, strict=True):
            registries.push(images.layout, name, target)
        before = len(registry.requests())
        Bedplate(_home(folder, "a")).report("compare", "--no-pull", *names)
        asked = len(registry.requests()) - before
        yield Measurement("requests per image, manifests only", asked / len(names), "", 3)
        before = len(registry.requests())
        Bedplate(_home(folder, "b")).report("compare", *names)
        blobs = [line.rpartition("/")[2] for line in registry.requests()[before:]]
    read = sum(blob in set(layers) for blob in blobs)
    detail = f"{len(layers)} layers in four images"
    yield Measurement("layers read", read, "", len(set(layers)), detail=detail)


def _home(folder: str, name: str) -> Path:
    home = Path(folder, name)
    home.mkdir()
    return home
