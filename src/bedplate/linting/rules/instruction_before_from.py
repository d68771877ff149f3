"""An instruction stands before the first FROM.

Only ARG may: there is no stage yet that the instruction could change, and BuildKit refuses it.

Fix: move the instruction below FROM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3061",)
BAD = ("RUN make\nFROM debian:12\n",)
GOOD = ("ARG TAG=12\nFROM debian:$TAG\nRUN make\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions other than ARG that no FROM precedes."""
    for step in file.steps:
        if step.stage >= 0:
            break
        if step.instruction.keyword != "ARG" and not step.onbuild:
            yield Hit(step, f"{step.instruction.keyword} stands before the first FROM")
