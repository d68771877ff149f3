"""A package manager would ask a question that nobody answers.

The build stops, or fails, at the question.

Fix: add `-y`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting import package_commands as managers
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.command import Command
    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3014", "DL3030", "DL3034", "DL3038", "DS-0021")
BAD = (
    "RUN apt-get install curl\n",
    "RUN dnf install curl\n",
)
GOOD = (
    "RUN apt-get install -y curl\n",
    "RUN dnf -y install curl\n",
)

_NAMES = managers.APT_GET | managers.YUM | managers.DNF | managers.ZYPPER
_ZYPPER = frozenset(["install", "in", "remove", "rm", "source-install", "si", "patch"])
_RPM = frozenset(("install", "groupinstall", "localinstall"))
_SHORT = re.compile(r"-[^-]")
_QUIET_BY_NUMBER = re.compile(r"-[^-=]*q=[2-9]")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find commands that ask, once for each package manager of a RUN."""
    for run, commands in file.runs_of(_NAMES):
        asks: dict[str, Command] = {}
        for command in commands:
            code = _asks(command)
            if code:
                asks.setdefault(code, command)
        installs = managers.apt_get_installs(commands)
        answered = any(one.has("y", "yes", "assume-yes") for one in installs)
        if installs and not answered:  # Trivy looks at the RUN as a whole, and knows no -qq
            asks.setdefault("DS-0021", asks.get("DL3014", installs[0]))
        for command in dict.fromkeys(asks.values()):
            codes = tuple(code for code, one in asks.items() if one is command)
            span = Span(command.start, command.end)
            yield Hit(run.step, f"{command.name} asks before it installs", span, codes)


def _asks(command: Command) -> str:
    name = command.name
    if name == "apt-get":
        return "DL3014" if "install" in command.args and not _apt_is_quiet(command) else ""
    if name == "zypper":
        known = command.has("n", "non-interactive", "y", "no-confirm")
        return "DL3034" if not known and not _ZYPPER.isdisjoint(command.args) else ""
    known = command.has("y", "assumeyes")
    if known or _RPM.isdisjoint(command.args):
        return ""
    return "DL3030" if name == "yum" else "DL3038"


def _apt_is_quiet(command: Command) -> bool:
    if command.has("y", "yes", "assume-yes"):
        return True
    short = sum(text.partition("=")[0].count("q") for text in command.args if _SHORT.match(text))
    long = sum(text == "--quiet" for text in command.args)
    return short > 1 or long > 1 or any(_QUIET_BY_NUMBER.match(text) for text in command.args)
