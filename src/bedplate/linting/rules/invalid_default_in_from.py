"""FROM names no valid image unless build arguments are given.

A plain build fails, and tools that read the file can't tell the base.

Fix: give the ARG before FROM a default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.linting.rule import Hit
from bedplate.model.reference import Reference
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("InvalidDefaultArgInFrom",)
BAD = ("ARG TAG\nFROM debian:$TAG\n",)
GOOD = (
    "ARG TAG=12\nFROM debian:$TAG\n",
    "ARG SUFFIX\nFROM debian:12$SUFFIX\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find bases that are no reference with the defaults."""
    for value in file.bases:
        if value.text is None or not file.stages[value.stage].base.text:
            continue
        try:
            Reference.parse(value.text)
        except BedplateError:
            message = f"{value.written} is no image when no build argument is given"
            span = file.stages[value.stage].base.span
            yield Hit(file.origin(value.stage), message, span)
