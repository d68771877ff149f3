"""ENV uses a variable that the same ENV defines.

The value is that from before the instruction, mostly nothing.

Fix: define the variables in two instructions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3044",)
BAD = ("FROM debian:12\nENV HOME_DIR=/srv APP_DIR=$HOME_DIR/app\n",)
GOOD = (
    "FROM debian:12\nENV HOME_DIR=/srv\nENV APP_DIR=$HOME_DIR/app\n",
    "FROM debian:12\nENV PATH=/app:$PATH\n",
)

_USE = re.compile(r"\$(?:\{(\w+)|(\w+))")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find values that use other names of the same instruction."""
    defined: dict[int, set[str]] = {}
    for step in file.direct("ARG", "ENV"):
        own = defined.setdefault(step.stage, set())
        bases = (defined.get(stage, set()) for stage in file.lineage(step.stage))
        before = own.union(*bases) if "$" in step.instruction.value else own
        pairs = step.instruction.pairs
        names = {pair.name for pair in pairs}
        if step.instruction.keyword == "ENV":
            for pair in pairs:
                used = {one.group(1) or one.group(2) for one in _USE.finditer(pair.value or "")}
                if (used & names) - before - {pair.name}:
                    yield Hit(step, f"{pair.name} uses what the same ENV defines", pair.span)
        own |= names
