"""RUN moves the whole distribution to other versions.

The result is neither the old release nor the new one, and it changes from build to build.

Fix: take a newer base.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting import package_commands as managers
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3035", "DS-0024")
BAD = (
    "RUN zypper dist-upgrade\n",
    "RUN apt-get update && apt-get dist-upgrade\n",
)
GOOD = ("RUN apt-get update\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find dist-upgrade and its like."""
    for run, commands in file.runs_of(managers.ZYPPER | managers.APT_GET):
        for command in commands:
            words = {"dup", "dist-upgrade"} if command.name == "zypper" else {"dist-upgrade"}
            if words.isdisjoint(command.args):
                continue
            twins = TWINS[:1] if command.name == "zypper" else TWINS[1:]
            span = Span(command.start, command.end)
            yield Hit(run.step, "the whole distribution is upgraded", span, twins)
            break
