"""Whole processes, measured by the kernel: time from start to end, CPU, peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


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


def run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run one command to its end.

    Raises:
        RuntimeError: it ended with another code than 0.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=dict(environment))
    if process.stdout is None:
        raise RuntimeError("no pipe")
    with process.stdout as pipe:
        output = pipe.read()
    # wait4 and not wait: it tells what this one child used
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


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
