"""WORKDIR is relative and nothing before it says to what.

The working directory of the base decides then, and it may change with the base.

Fix: write an absolute path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("WorkdirRelativePath", "DL3000", "DS-0009")
BAD = ("FROM debian:12\nWORKDIR app\n",)
GOOD = (
    "FROM debian:12\nWORKDIR /app\n",
    "FROM debian:12\nWORKDIR $HOME/app\n",
)

_ABSOLUTE = re.compile(r"[/$]|[A-Za-z]:")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find relative paths."""
    placed: set[int] = set()
    for step in file.of("FROM", "WORKDIR"):
        words = step.words
        if step.instruction.keyword == "FROM" or not words:
            continue
        known = not placed.isdisjoint(file.lineage(step.stage))
        if not _ABSOLUTE.match(words[0]):
            twins = TWINS[2:] if step.onbuild else TWINS[known:]
            yield Hit(step, f"working directory {words[0]} is relative", None, twins)
        if not step.onbuild:
            placed.add(step.stage)
