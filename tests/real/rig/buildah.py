"""buildah with a storage of its own, so that the machine's images are left alone."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rig.processes import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Layer:
    """What one commit puts on top of its parent.

    Args:
        add: folders or tars to lay over the root.
        commands: shell lines, run in a chroot.
        config: options of `buildah config`.
        mounts: `HOST:CONTAINER` for the commands.
    """

    add: tuple[Path, ...] = ()
    commands: tuple[str, ...] = ()
    config: tuple[str, ...] = ()
    mounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Buildah:
    """Builds into `folder`; nothing but chroot is asked of the kernel."""

    folder: Path

    def storage(self) -> list[str]:
        """Give the options that point buildah and podman to the storage."""
        return [
            f"--root={self.folder}/storage",
            f"--runroot={self.run_folder}",
            "--storage-driver=vfs",
        ]

    @property
    def run_folder(self) -> Path:
        """Folder of locks and mounts: short, since podman refuses more than 50 characters."""
        key = hashlib.sha256(bytes(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir(), f"rig-{key}")

    def call(self, *words: str | Path) -> str:
        """Run one buildah command."""
        return run(["buildah", *self.storage(), *words]).strip()

    def image(self, name: str, parent: str, layers: Sequence[Layer]) -> None:
        """Commit one image per layer, the last one under `name`.

        Args:
            name: local name without a registry.
            parent: local name, or `scratch`.
            layers: lowest first.
        """
        container = self.call("from", "--pull-never", parent)
        for number, layer in enumerate(layers, 1):
            self._apply(container, layer)
            last = number == len(layers)
            tag = name if last else f"{name}-{number}"
            self.call("commit", "--quiet", "--format=oci", container, tag)
            if not last:
                # a commit leaves the container on its old parent: go on from the new image
                self.call("rm", container)
                container = self.call("from", "--pull-never", tag)
        self.call("rm", container)

    def _apply(self, container: str, layer: Layer) -> None:
        for path in layer.add:
            self.call("add", "--quiet", container, path, "/")
        volumes = [f"--volume={mount}" for mount in layer.mounts]
        for command in layer.commands:
            words = ("--isolation=chroot", *volumes, container, "--", "sh", "-ec", command)
            self.call("run", *words)
        if layer.config:
            self.call("config", *layer.config, container)

    def index(self, name: str, images: Iterable[str]) -> None:
        """Make a multi-platform index of local images."""
        self.call("manifest", "create", name)
        for image in images:
            self.call("manifest", "add", name, f"containers-storage:localhost/{image}")

    def pull(self, layout: Path, name: str) -> None:
        """Unpack an image of a layout into the storage, under the same name."""
        storage = f"[vfs@{self.folder}/storage+{self.run_folder}]"
        target = f"containers-storage:{storage}localhost/{name}:latest"
        run(["skopeo", "copy", "--quiet", f"oci:{layout}:{name}", target])

    def merged_root(self, name: str) -> Path:
        """Give the folder of the merged root of a local image, as containers/storage has it.

        With the vfs driver the folder stays readable without a mount.
        """
        container = self.call("from", "--pull-never", name)
        return Path(self.call("mount", container))
