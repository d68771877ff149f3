"""RUN calls wget so that it draws a progress bar.

In a log each step of the bar is a line: a large download hides what matters under thousands.

Fix: add `--progress=dot:giga`, or `-q`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

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
        if loud:
            first = loud[0]
            fix = Fix((Edit(Span(first.start, first.start + 4), "wget --progress=dot:giga"),))
            is_plain = file.text[first.start : first.start + 4] == "wget"
            span = Span(first.start, first.end)
            message = "wget draws a progress bar into the log"
            yield Hit(run.step, message, span, fix=fix if is_plain else None)
