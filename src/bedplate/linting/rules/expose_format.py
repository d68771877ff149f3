"""EXPOSE names an address or a port of the host.

It only says which ports the program listens on; publishing is decided where the container runs.

Fix: write the container's port alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("ExposeInvalidFormat",)
BAD = ("FROM debian:12\nEXPOSE 8080:80\n",)
GOOD = ("FROM debian:12\nEXPOSE 80\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find ports with an address or another port before them."""
    for step in file.direct("EXPOSE"):
        for word in step.instruction.arguments:
            if ":" in word.text and "$" not in word.text:
                yield Hit(step, f"{word.text} is more than a port", word.span)
