"""COPY --from names the stage that it stands in.

A stage can't copy from itself: BuildKit refuses the build.

Fix: name the stage that has the files, or leave out `--from`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3023", "DL3022", "DS-0006")
BAD = ("FROM debian:12 AS base\nCOPY --from=base /a /b\n",)
GOOD = ("FROM debian:12 AS base\nFROM debian:12\nCOPY --from=base /a /b\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find COPY from the own stage."""
    for step in file.direct("COPY"):
        flag = step.instruction.flag("from")
        if flag is None or step.stage < 0:
            continue
        name = file.stages[step.stage].name
        if name is not None and (flag.value or "").lower() == name:
            word = file.stages[step.stage].name_word
            exact = word is not None and word.text == flag.value  # hadolint minds the case
            twins = ("DL3023" if exact else "DL3022", "DS-0006")
            yield Hit(step, f"stage {name} copies from itself", flag.span, twins)
