"""RUN updates a package index and installs nothing.

The layer is cached: later installs use an index of the day when it was first built.

Fix: put update and install into one RUN.
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
TWINS = ("DS-0017",)
BAD = ("RUN apt-get update\n",)
GOOD = ("RUN apt-get update && apt-get install -y curl\n",)

_FAMILIES = (
    frozenset({"apt-get", "apt"}),
    frozenset({"yum"}),
    frozenset({"apk"}),
    frozenset({"dnf"}),
    frozenset({"zypper"}),
)
_NAMES = frozenset().union(*_FAMILIES)
_UPDATES = frozenset(("update", "up"))
_INSTALLS = frozenset(
    ["upgrade", "install", "source-install", "reinstall", "groupinstall", "localinstall", "add"]
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find updates that no install of the same package manager follows."""
    for run, commands in file.runs_of(_NAMES):
        for family in _FAMILIES:
            own = [command for command in commands if command.name in family]
            updates = [n for n, one in enumerate(own) if not _UPDATES.isdisjoint(one.args)]
            installs = [n for n, one in enumerate(own) if not _INSTALLS.isdisjoint(one.args)]
            if updates and not any(number > updates[0] for number in installs):
                span = Span(own[updates[0]].start, own[updates[0]].end)
                yield Hit(run.step, "an index is updated, but nothing is installed", span)
