"""ONBUILD puts off an instruction that can't be put off.

FROM, ONBUILD and MAINTAINER are refused there.

Fix: write it without ONBUILD, or leave it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3043",)
BAD = ("FROM debian:12\nONBUILD MAINTAINER me\n",)
GOOD = ("FROM debian:12\nONBUILD COPY . /app\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find ONBUILD of FROM, ONBUILD and MAINTAINER."""
    for step in file.of("FROM", "ONBUILD", "MAINTAINER"):
        if step.onbuild:
            yield Hit(step, f"ONBUILD can't put off {step.instruction.keyword}")
