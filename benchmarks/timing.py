"""Whole processes, measured by the kernel: time from start to end, CPU, peak memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

_LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True, slots=True)
class Run:
    """One process.

    Args:
        seconds: from before it starts until it is gone.
        cpu: user and system seconds.
        memory: peak resident bytes.
        output: what it wrote.
    """

    seconds: float
    cpu: float
    memory: int
    output: bytes


def run(
    command: Sequence[str], environment: Mapping[str, str], *, codes: Container[int] = (0,)
) -> Run:
    """Run one command, named by its path, to its end.

    Raises:
        RuntimeError: it ended with a code that is not among `codes`.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report")
        launch = [sys.executable, "-I", "-S", str(_LAUNCHER), str(report), *command]
        done = subprocess.run(launch, stdout=subprocess.PIPE, env=dict(environment), check=False)
        if done.returncode not in codes:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")
        seconds, cpu, memory = report.read_text(encoding="ascii").split()
    return Run(float(seconds), float(cpu), int(memory), done.stdout)


def interleaved(times: int, *measures: Callable[[], Run]) -> tuple[Run, ...]:
    """Run each measure in turn, several rounds, and give the median of each.

    In turn, so that whatever slows the machine down slows all of them.
    """
    rounds = [[measure() for measure in measures] for _ in range(times)]
    return tuple(median(runs) for runs in zip(*rounds, strict=True))


def median(runs: Sequence[Run]) -> Run:
    """Give the medians of several runs of one thing, with the output of the last."""
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.cpu for run in runs),
        int(statistics.median(run.memory for run in runs)),
        runs[-1].output,
    )
