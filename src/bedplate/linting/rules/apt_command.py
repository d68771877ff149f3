"""RUN uses apt, which is made for people.

Its output and its words may change with any release; it says so itself when nobody is there.

Fix: use `apt-get` or `apt-cache`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3027",)
BAD = ("RUN apt install curl\n",)
GOOD = ("RUN apt-get install curl\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find commands named apt."""
    for run, commands in file.runs_of(frozenset({"apt"})):
        command = commands[0]
        yield Hit(run.step, "apt is not made for scripts", Span(command.start, command.end))
