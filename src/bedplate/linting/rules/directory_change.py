"""RUN changes the directory by cd.

The change ends with the instruction; the next one starts where WORKDIR says, and readers must know.

Fix: say the directory by WORKDIR.
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
TWINS = ("DL3003", "DS-0013")
BAD = (
    "FROM debian:12\nRUN cd /app && make\n",
    "FROM debian:12\nRUN make && (cd /app; make)\n",
)
GOOD = (
    "FROM debian:12\nWORKDIR /app\nRUN make\n",
    "FROM debian:12\nRUN sh -c 'cd /app'\n",
    "FROM debian:12\nCMD cd /app && ./run\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions in which a command is cd; each is told once."""
    for run, commands in file.runs_of(frozenset({"cd"})):
        if not run.step.onbuild:
            first = commands[0]
            twins = TWINS if _begins(run.step.instruction.value) else TWINS[:1]
            yield Hit(run.step, "cd lasts for this RUN", Span(first.start, first.end), twins)


def _begins(text: str) -> bool:
    """Tell whether cd is at the beginning, or behind `&&`, where Trivy looks for it."""
    return any(part.strip().startswith("cd ") for part in text.split("&&"))
