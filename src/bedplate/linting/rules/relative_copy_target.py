"""COPY goes to a relative target, but no WORKDIR says relative to what.

The working directory of the base decides then, and it may change with the base.

Fix: write an absolute target, or a WORKDIR before it.
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
TWINS = ("DL3045",)
BAD = ("FROM debian:12\nCOPY app target\n",)
GOOD = (
    "FROM debian:12\nWORKDIR /srv\nCOPY app target\n",
    "FROM debian:12\nCOPY app /srv/\n",
)

_ABSOLUTE = re.compile(r"[/$]|[A-Za-z]:")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find relative targets in stages without WORKDIR."""
    placed: set[int] = set()
    for step in file.steps:
        if step.onbuild:
            continue
        keyword = step.instruction.keyword
        if keyword == "FROM":
            if not placed.isdisjoint(file.lineage(step.stage)):
                placed.add(step.stage)
        elif keyword == "WORKDIR":
            placed.add(step.stage)
        elif keyword == "COPY" and step.stage not in placed:
            words = step.words
            if words and not _ABSOLUTE.match(words[-1]):
                target = step.instruction.arguments[-1]
                yield Hit(step, f"target {words[-1]} is relative to an unknown folder", target.span)
