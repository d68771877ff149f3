"""An empty line stands inside a continued instruction.

BuildKit warns that it will be an error one day: the reader can't see that the instruction goes
on.

Fix: remove the line, or put a comment there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("NoEmptyContinuation",)
BAD = ("FROM debian:12\nRUN a \\\n\n  b\n",)
GOOD = ("FROM debian:12\nRUN a \\\n  # more\n  b\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find empty lines after a continuation."""
    steps = {step.instruction.end_line: step for step in file.steps if not step.onbuild}
    for warning in file.dockerfile.warnings:
        step = steps.get(warning.line)
        if step is not None:
            yield Hit(step, warning.message, warning.span, line=warning.line)
