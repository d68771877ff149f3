"""There is a list of users for a program that looks users up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.go_program import GoUse
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "users"


def check(case: Case) -> Proof | None:
    """Ask for `/etc/passwd`."""
    if case.file.is_packaged:
        return None
    uses, situation = case.file.contents.uses, case.situation
    if GoUse.USERS not in uses or situation.has("etc/passwd") is not False:
        return None
    return case.proof(
        Outcome.RISK,
        NAME,
        "it looks users up, and the base has no /etc/passwd",
        missing="/etc/passwd",
        fix="copy /etc/passwd from the build stage, or set USER and HOME",
        evidence=("os/user is in the program",),
    )
