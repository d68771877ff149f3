"""COPY of several files goes to a target without a slash at its end.

The target must be a folder; without the slash the build fails.

Fix: end the target with `/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3021", "DS-0011")
BAD = ("COPY a.txt b.txt target\n",)
GOOD = (
    "COPY a.txt b.txt target/\n",
    "COPY a.txt target\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find COPY with several sources and a target that is not written as a folder."""
    for step in file.direct("COPY"):
        words = step.words
        if len(words) > 2 and not words[-1].endswith("/"):
            target = step.instruction.arguments[-1]
            yield Hit(step, f"target {words[-1]} of several files has no / at its end", target.span)
