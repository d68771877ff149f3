"""RUN calls wget so that it draws a progress bar.

In a log each step of the bar is a line: a large download hides what matters under thousands.

Fix: add `--progress=dot:giga`, or `-q`, which the wget of BusyBox knows too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess_stage
from bedplate.linting.rule import Hit
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Run

SEVERITY = Severity.INFO
TWINS = ("DL3047",)
BAD = ("FROM debian:12\nRUN wget https://files.example/a.tar\n",)
GOOD = (
    "FROM debian:12\nRUN wget --progress=dot:giga https://files.example/a.tar\n",
    "FROM debian:12\nRUN wget -nv https://files.example/a.tar\n",
    "FROM debian:12\nRUN wget -qO- https://files.example/a.tar\n",
    "FROM debian:12\nRUN wget --append-output=log https://files.example/a.tar\n",
)

# Also those that send what wget says to a file.
_QUIET = ("progress", "q", "quiet", "no-verbose", "o", "output-file", "a", "append-output")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions with a wget that is neither quiet nor told how to show progress."""
    for run, commands in file.runs_of(frozenset({"wget"})):
        loud = [one for one in commands if not one.has(*_QUIET) and "-nv" not in one.args]
        for first in loud[:1]:
            message = "wget draws a progress bar into the log"
            span = Span(first.start, first.end)
            yield Hit(run.step, message, span, fix=_dotted(file, run, first.start))


def _dotted(file: LintedFile, run: Run, start: int) -> Fix | None:
    """Put the option there, where wget is surely GNU's: BusyBox's does not know it."""
    base = guess_stage(file, run.step.stage) if run.step.stage >= 0 else None
    name = Span(start, start + 4)
    if base is None or base.distro not in ("debian", "ubuntu") or name.of(file.text) != "wget":
        return None
    if run.step.instruction.json:
        return None
    return Fix((Edit(name, "wget --progress=dot:giga"),))
