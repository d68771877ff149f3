"""Running a program to its end, with its own words when it fails."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# npm's answer to a cold registry cache is the slowest thing that we wait for
_SECONDS = 600


class ProgramError(RuntimeError):
    """A program ended with another code than 0."""


def run(
    argv: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
) -> str:
    """Run a program and give its standard output.

    Raises:
        ProgramError: with the command and the end of what it said.
    """
    words = [str(word) for word in argv]
    done = subprocess.run(
        words, cwd=cwd, env=env, input=stdin, capture_output=True, timeout=_SECONDS, check=False
    )
    output = done.stdout.decode("utf-8", "surrogateescape")
    if done.returncode != 0:
        said = (done.stderr.decode("utf-8", "replace") or output)[-2000:]
        raise ProgramError(f"{' '.join(words[:8])} ended with {done.returncode}: {said}")
    return output
