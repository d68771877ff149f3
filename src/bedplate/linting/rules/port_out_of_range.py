"""EXPOSE names a port above 65535.

There is no such port.

Fix: correct the number.
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
TWINS = ("DL3011", "DS-0008")
BAD = ("FROM debian:12\nEXPOSE 80000\n",)
GOOD = ("FROM debian:12\nEXPOSE 8000-8010/tcp\n",)

_NUMBER = re.compile(r"[0-9]+")
_LARGEST = 65535


def check(file: LintedFile) -> Iterator[Hit]:
    """Find ports, and ends of ranges, that are too large."""
    for step in file.direct("EXPOSE"):
        for word in step.instruction.arguments:
            numbers = _NUMBER.findall(word.text.partition("/")[0])
            if any(len(number) > 5 or int(number) > _LARGEST for number in numbers):
                yield Hit(step, f"{word.text} is above {_LARGEST}", word.span)
                break
