"""COPY takes the whole file system of another stage or image.

Everything that the other stage left behind comes along, and no layer is shared any more.

Fix: copy the folders that are needed, or start from that stage by FROM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3067",)
BAD = ("FROM debian:12 AS base\nFROM scratch\nCOPY --from=base / /\n",)
GOOD = ("FROM debian:12 AS base\nFROM scratch\nCOPY --from=base /app /app\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find COPY --from of the root folder to the root folder."""
    for step in file.direct("COPY"):
        words = step.words
        if step.instruction.flag("from") and words and words[-1] == "/" and "/" in words[:-1]:
            yield Hit(step, "the whole file system of another image is copied")
