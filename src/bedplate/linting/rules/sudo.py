"""RUN uses sudo.

A build is root already, or can be by USER; sudo changes the environment and stays in the image
as a way to root.

Fix: write `USER root` before the step and the other user after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3004", "DS-0010")
BAD = ("FROM debian:12\nRUN sudo make install\n",)
GOOD = (
    "FROM debian:12\nRUN make install\n",
    "FROM debian:12\nRUN apt-get install -y sudo\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find commands that sudo runs."""
    for run, commands in file.runs_of(frozenset({"sudo"})):
        for command in commands[:1]:
            yield Hit(run.step, "sudo in a build", Span(command.start, command.end))
