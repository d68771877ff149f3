"""FROM --platform repeats the platform that is the default.

`$TARGETPLATFORM` is what FROM takes anyway; the flag only hides which stages are special.

Fix: remove the flag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("DL3065", "RedundantTargetPlatform")
BAD = ("FROM --platform=$TARGETPLATFORM debian:12\n",)
GOOD = (
    "FROM debian:12\n",
    "FROM --platform=$BUILDPLATFORM debian:12\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find platforms that are the target platform."""
    for stage in file.stages:
        if stage.platform in ("$TARGETPLATFORM", "${TARGETPLATFORM}"):
            step = file.origin(stage.index)
            flag = step.instruction.flag("platform")
            if flag is not None:
                gap = Span(flag.span.start, flag.span.end + 1)
                fix = Fix((Edit(gap, ""),)) if file.text[gap.end - 1 : gap.end] == " " else None
                yield Hit(step, "--platform repeats the default", flag.span, None, fix)
