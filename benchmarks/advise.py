"""How long a person waits for advice that needs no network."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import timing
from benchmarks.measurement import Measurement
from rig.bedplate_command import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLES = Path(__file__).parents[1] / "examples/advice"


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements."""
    print("advise: whole processes on each example, offline; the slowest counts")
    projects = sorted(path for path in _EXAMPLES.iterdir() if path.is_dir())
    with tempfile.TemporaryDirectory() as home:
        variables = {"HOME": home}
        slowest, name, processor = 0.0, "", 0.0
        for project in projects:
            words = [str(PROGRAM), "advise", "--offline", str(project)]
            # the first one writes byte code and fills the disk cache
            timing.run(words, variables, codes=(0, 1))
            once = functools.partial(timing.run, words, variables, codes=(0, 1))
            (one,) = timing.interleaved(rounds, once)
            if one.seconds > slowest:
                slowest, name, processor = one.seconds, project.name, one.cpu
    detail = f"{name}, {processor:.2f} s of CPU"
    yield Measurement("advise on an example, offline", slowest, "s", 1.0, detail=detail)
