"""Keywords are written in different cases.

Fix: write all of them as most are, best in capitals.
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

SEVERITY = Severity.STYLE
TWINS = ("ConsistentInstructionCasing",)
BAD = ("FROM debian:12\ncopy a /b\nRUN make\n",)
GOOD = (
    "FROM debian:12\nRUN make\n",
    "from debian:12\nrun make\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find keywords that are not written as most are."""
    direct = [step for step in file.steps if step.stage >= 0 and not step.onbuild]
    names = [step.instruction.name for step in direct]
    lower = sum(name == name.lower() for name in names)
    upper = sum(name == name.upper() for name in names)
    for step, name in zip(direct, names, strict=True):
        wanted = name.lower() if lower > upper else name.upper()
        if name != wanted:
            start = step.instruction.span.start
            span = Span(start, start + len(name))
            fix = Fix((Edit(span, wanted),))
            yield Hit(step, f"{name} is not written as most keywords are", span, None, fix)
