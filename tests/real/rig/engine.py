"""Podman's Docker-compatible engine API on a socket, over the images that buildah built."""

from __future__ import annotations

import contextlib
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rig.buildah import Buildah

_START_SECONDS = 30


@contextlib.contextmanager
def serve(buildah: Buildah, folder: Path) -> Iterator[str]:
    """Serve the API until the block ends; gives the value for DOCKER_HOST."""
    socket, log = folder / "engine.sock", folder / "engine.log"
    address = f"unix://{socket}"
    command = ["podman", *buildah.storage(), "system", "service", "--time=0", address]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            deadline = time.monotonic() + _START_SECONDS
            while not socket.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    said = log.read_text(encoding="utf-8", errors="replace")[-1000:]
                    raise RuntimeError(f"podman's engine did not start: {said}")
                time.sleep(0.05)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)
