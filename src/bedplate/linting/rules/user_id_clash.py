"""A command useradd asks for id 1000, which the base has given away.

Images of node have a user node with that id, Ubuntu from 24.04 on a user ubuntu: useradd fails.

Fix: use that user, delete it first, or take another id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess_stage
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS: tuple[str, ...] = ()
BAD = ("FROM node:22\nRUN useradd -u 1000 app\n",)
GOOD = (
    "FROM node:22\nRUN userdel -r node && useradd -u 1000 app\n",
    "FROM debian:12\nRUN useradd -u 1000 app\n",
)

_ADD = frozenset(("useradd", "adduser"))


def check(file: LintedFile) -> Iterator[Hit]:
    """Find users with an id that the base uses."""
    for run, commands in file.runs_of(_ADD):
        base = guess_stage(file, run.step.stage) if run.step.stage >= 0 else None
        if base is None or not (base.name == "node" or base.release == "noble"):
            continue
        if any(one.name in ("userdel", "deluser", "usermod") for one in run.commands):
            continue
        for command in commands:
            pairs = zip(command.args, command.args[1:], strict=False)
            if any(flag in ("-u", "--uid") and value == "1000" for flag, value in pairs):
                span = Span(command.start, command.end)
                yield Hit(run.step, f"{base.name} has a user with id 1000", span)
