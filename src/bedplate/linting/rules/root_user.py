"""The final user of a stage is root.

A process that breaks out of its container is root on the host then, unless something else stops
it.

Fix: make a user and name it, best by number, in a USER at the end of the stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.WARNING
TWINS = ("DL3002", "DS-0002")
BAD = (
    "FROM debian:12\nUSER root\n",
    "FROM debian:12\nRUN make\n",
)
GOOD = ("FROM debian:12\nUSER 1000\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find stages that end as root, and files that never leave it."""
    last: dict[int, Step] = {}
    for step in file.direct("USER"):
        last[step.stage] = step
    if not last and file.stages:
        step = file.origin(len(file.stages) - 1)
        yield Hit(step, "no USER: the image runs as the user of its base", None, ("DS-0002",))
    final = max(last, default=-1)
    for stage, step in last.items():
        words = step.words
        user = words[0].partition(":")[0] if words else ""
        if stage >= 0 and user in ("root", "0"):
            twins = TWINS if stage == final else TWINS[:1]
            yield Hit(step, "the last user of the stage is root", None, twins)
