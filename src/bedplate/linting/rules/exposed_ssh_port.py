"""EXPOSE names the port of SSH.

A container is entered by `docker exec` or its like; a login server in it is one more way in.

Fix: leave the server and the port out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DS-0004",)
BAD = (
    "FROM debian:12\nEXPOSE 22\n",
    "FROM debian:12\nEXPOSE 8080 22/tcp\n",
)
GOOD = ("FROM debian:12\nEXPOSE 2222\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find the port 22 of TCP."""
    for step in file.of("EXPOSE"):
        for word in step.instruction.arguments:
            if word.text.lower() in ("22", "22/tcp"):
                yield Hit(step, "port 22 is that of SSH", word.span)
