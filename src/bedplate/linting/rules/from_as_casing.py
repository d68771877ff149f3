"""FROM and AS are written in different cases.

Fix: write both in capitals, or both in small letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("FromAsCasing",)
BAD = ("FROM debian:12 as base\n",)
GOOD = (
    "FROM debian:12 AS base\n",
    "from debian:12 as base\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find AS that does not match its FROM."""
    for step in file.direct("FROM"):
        arguments = step.instruction.arguments
        if len(arguments) != 3:
            continue
        word, name = arguments[1], step.instruction.name
        wanted = word.text.lower() if name == name.lower() else word.text.upper()
        if word.text != wanted:
            fix = Fix((Edit(word.span, wanted),))
            yield Hit(step, f"{word.text} is not written as {name} is", word.span, None, fix)
