"""There is something to start for a program that starts other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.go_program import GoUse
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "other programs"


def check(case: Case) -> Proof | None:
    """Ask for commands at all: which one it wants can't be told."""
    profile = case.situation.profile
    if (
        case.file.is_packaged
        or GoUse.PROGRAMS not in case.file.contents.uses
        or profile.commands
        or profile.shells
    ):
        return None
    return case.proof(
        Outcome.UNKNOWN,
        NAME,
        "it can start other programs, and the base has none, not even a shell",
        missing="/bin/sh",
        fix="look at what it starts, and copy that too",
        evidence=("os/exec.(*Cmd).Start is in the program",),
    )
