"""RUN links /bin/sh to another shell.

The program that every script of the base runs by is replaced, for this image and all on it.

Fix: choose the shell of RUN by SHELL, as `SHELL ["/bin/bash", "-c"]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL4005",)
BAD = ("FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n",)
GOOD = (
    'FROM debian:12\nSHELL ["/bin/bash", "-c"]\n',
    "FROM debian:12\nRUN ln -s /opt/app/run /usr/bin/run\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find links in which /bin/sh is named."""
    for run, commands in file.runs_of(frozenset({"ln"})):
        found = [one for one in commands if "/bin/sh" in one.args]
        for one in found[:1]:
            yield Hit(run.step, "/bin/sh is linked anew", Span(one.start, one.end))
