"""FROM uses a variable that no ARG before it declares.

It is empty in every build, whatever build arguments are given.

Fix: declare it by ARG before the first FROM; an ARG inside a stage does not count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("UndefinedArgInFrom",)
BAD = ("FROM debian:12$SUFFIX\n",)
GOOD = (
    "ARG SUFFIX=-slim\nFROM debian:12$SUFFIX\n",
    "FROM --platform=$BUILDPLATFORM debian:12\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find variables of base and platform that are not declared."""
    for value in file.bases:
        for name in sorted(value.undefined):
            span = file.stages[value.stage].base.span
            yield Hit(file.origin(value.stage), f"no ARG before FROM declares {name}", span)
