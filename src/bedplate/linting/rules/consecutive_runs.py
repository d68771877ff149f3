"""RUN follows RUN, each with one command.

Each is a layer of its own: what the first leaves and the second deletes stays in the image.

Fix: join them by `&&` or in a here-document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Run

SEVERITY = Severity.INFO
TWINS = ("DL3059",)
BAD = (
    "FROM debian:12\nRUN make\nRUN make install\n",
    "FROM debian:12\nRUN make\n# then\nRUN make install\n",
)
GOOD = (
    "FROM debian:12\nRUN make && make install\n",
    "FROM debian:12\nRUN make\nCOPY a /a\nRUN make install\n",
    "FROM debian:12\nRUN make && make test\nRUN make install\n",
    "FROM debian:12\nRUN --network=none make\nRUN make install\n",
)

_NO_COMMANDS = frozenset(("", "[", "[["))


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions of one command that follow one of one command with the same flags."""
    runs = {id(run.step.instruction): run for run in file.runs if not run.step.onbuild}
    before: Run | None = None
    for instruction in file.dockerfile.instructions:
        run = runs.get(id(instruction))
        if run is not None and before is not None and _joinable(run, before):
            yield Hit(run.step, "it could be part of the RUN before")
        before = run


def _joinable(run: Run, before: Run) -> bool:
    return _count(run) <= 1 and _count(before) <= 1 and _flags(run) == _flags(before)


def _count(run: Run) -> int:
    """Count commands; assignments and conditions in brackets are none."""
    return sum(command.name not in _NO_COMMANDS for command in run.commands)


def _flags(run: Run) -> list[tuple[str, list[str]]]:
    """Give the flags and their options, whatever their order is."""
    flags = run.step.instruction.flags
    return sorted((flag.name, sorted((flag.value or "").split(","))) for flag in flags)
