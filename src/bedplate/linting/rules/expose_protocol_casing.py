"""The protocol of an exposed port has capital letters.

Fix: write `tcp` or `udp`.
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
TWINS = ("ExposeProtoCasing",)
BAD = ("FROM debian:12\nEXPOSE 80/TCP\n",)
GOOD = ("FROM debian:12\nEXPOSE 80/tcp\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find protocols that are not in small letters."""
    for step in file.direct("EXPOSE"):
        for word in step.instruction.arguments:
            protocol = word.text.partition("/")[2]
            if protocol != protocol.lower() and "$" not in protocol:
                fix = Fix((Edit(word.span, word.text.lower()),))
                yield Hit(step, f"protocol {protocol} has capitals", word.span, None, fix)
