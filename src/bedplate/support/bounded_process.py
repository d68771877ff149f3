"""Runs a program within bounds of time and output, and ends all that it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_CHUNK = 64 * 1024
_STDERR = 256 * 1024  # bytes kept of what a program complains


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended.

    Args:
        status: its exit status; negative for a signal.
        output: its standard output.
        errors: the beginning of its standard error, as text.
        late: it was ended since its time was over.
        long: it was ended since it wrote more than it may.
    """

    status: int
    output: bytes
    errors: str
    late: bool = False
    long: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a program may use.

    Args:
        seconds: that it may take.
        output: bytes that it may write to its standard output.
    """

    seconds: float = 120.0
    output: int = 64 * 1024 * 1024


def run_bounded(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    bounds: Bounds,
    question: bytes = b"",
) -> Finished:
    """Run a program without a terminal.

    Args:
        command: program and arguments.
        environment: all of it.
        bounds: what it may use.
        question: written to its standard input.

    Raises:
        OSError: it can't be started.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(environment),
        start_new_session=True,  # no terminal to ask on, and its children end with it
    )
    return _Run(process, bounds, question).finish()


class _Run:
    """One program, a thread for each of its streams, and a watchdog."""

    def __init__(self, process: subprocess.Popen[bytes], bounds: Bounds, question: bytes) -> None:
        self._process, self._bounds, self._question = process, bounds, question
        self._output, self._errors = bytearray(), bytearray()
        self._late, self._long = threading.Event(), threading.Event()

    def finish(self) -> Finished:
        process = self._process
        watchdog = threading.Timer(self._bounds.seconds, self._end, (self._late,))
        streams = (
            (self._write, process.stdin),
            (self._read_output, process.stdout),
            (self._read_errors, process.stderr),
        )
        threads = [threading.Thread(target=work, args=(stream,)) for work, stream in streams]
        for thread in (watchdog, *threads):
            thread.daemon = True
            thread.start()
        try:
            for thread in threads:
                thread.join()
            status = process.wait()
        except BaseException:
            self._end(self._late)
            raise
        finally:
            watchdog.cancel()
        errors = self._errors.decode(errors="replace")
        late, long = self._late.is_set(), self._long.is_set()
        return Finished(status, bytes(self._output), errors, late, long)

    def _write(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError), stream:
            stream.write(self._question)

    def _read_output(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError), stream:
            while chunk := stream.read(_CHUNK):
                self._output += chunk
                if len(self._output) > self._bounds.output:
                    self._end(self._long)
                    return

    def _read_errors(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError), stream:
            while chunk := stream.read(_CHUNK):
                self._errors += chunk[: _STDERR - len(self._errors)]

    def _end(self, why: threading.Event) -> None:
        why.set()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
