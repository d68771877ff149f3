"""How long a person waits for answers that need no network."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from benchmarks import timing
from benchmarks.measurement import Measurement
from rig.bedplate_command import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMAGES = (
    "node:20",
    "node:20-slim",
    "node:20-alpine",
    "gcr.io/distroless/nodejs24-debian13",
    "scratch",
)


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements."""
    print("start_up: whole processes")
    with tempfile.TemporaryDirectory() as home:
        variables = {"HOME": home}
        usage = [str(PROGRAM), "--help"]
        compare = [str(PROGRAM), "compare", "--offline", *_IMAGES]
        # the first ones write byte code and fill the disk cache
        timing.run(usage, variables)
        timing.run(compare, variables)
        helped, compared = timing.interleaved(
            max(rounds, 7),
            lambda: timing.run(usage, variables),
            lambda: timing.run(compare, variables),
        )
    yield Measurement("bedplate --help, CPU", helped.cpu, "s", 0.15)
    yield Measurement("offline compare of five images", compared.seconds, "s", 0.5)
