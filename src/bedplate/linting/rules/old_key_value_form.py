"""ENV or LABEL is written without an equals sign.

The form takes the rest of the line as one value, which few readers expect; it is deprecated.

Fix: write `NAME=value`, with quotes where the value has blanks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("LegacyKeyValueFormat",)
BAD = ("FROM debian:12\nENV MODE fast\n",)
GOOD = ("FROM debian:12\nENV MODE=fast\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find pairs that a blank separates."""
    for step in file.direct("ENV", "LABEL"):
        for pair in step.instruction.pairs:
            if pair.separator.isspace():
                yield Hit(step, f"{pair.name} is set without =", pair.span)
