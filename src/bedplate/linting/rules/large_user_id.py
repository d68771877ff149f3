"""A command useradd makes a user with a large id and a login log.

The log files /var/log/lastlog and faillog grow with the largest id: an id of ten digits gives
layers of many gigabytes.

Fix: add `--no-log-init`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.command import Command
    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3046",)
BAD = ("RUN useradd --uid 1000000 app\n",)
GOOD = (
    "RUN useradd --no-log-init --uid 1000000 app\n",
    "RUN useradd --uid 1000 app\n",
)

_SHORT = 5  # digits


def check(file: LintedFile) -> Iterator[Hit]:
    """Find useradd with an id of six digits or more."""
    for run, commands in file.runs_of(frozenset({"useradd"})):
        for command in commands:
            if command.has("l", "no-log-init"):
                continue
            number = _user_id(command)
            if len(number) > _SHORT:
                message = f"useradd with the large id {number} writes a large log"
                # hadolint reads the short flag alone
                twins = () if "--uid" in command.args else TWINS
                yield Hit(run.step, message, Span(command.start, command.end), twins)
                break


def _user_id(command: Command) -> str:
    for flag, value in zip(command.args, command.args[1:], strict=False):
        if flag == "--uid" or (flag[:1] == "-" and flag[:2] != "--" and flag.endswith("u")):
            return value
    return ""
