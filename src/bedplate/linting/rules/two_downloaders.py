"""A stage uses both wget and curl.

One of them is enough; the other is a package more.

Fix: use the one that the base has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("DL4001", "DS-0014")
BAD = ("RUN wget http://a.example && curl http://b.example\n",)
GOOD = ("RUN curl http://a.example\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find RUN with the one in stages that use the other too."""
    seen: dict[int, set[str]] = {}
    for run, commands in file.runs_of(frozenset({"wget", "curl"})):
        if run.step.onbuild:
            continue
        names = seen.setdefault(run.step.stage, set())
        names.update(command.name for command in commands)
        if len(names) > 1:
            command = commands[0]
            span = Span(command.start, command.end)
            yield Hit(run.step, "both wget and curl are used", span)
