"""There is a database of time zones for a program that asks for zones by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.go_program import GoUse
from bedplate.model.verdict import Outcome
from bedplate.proving.app_file import TIME_ZONES_INSIDE

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "time zones"
_INSIDE = {GoUse.TIME_ZONES_INSIDE, TIME_ZONES_INSIDE}


def check(case: Case) -> Proof | None:
    """Ask for the database when the program loads zones and brings none along."""
    if case.file.is_packaged:
        return None
    uses = case.file.contents.uses
    if GoUse.TIME_ZONES not in uses or uses & _INSIDE or case.situation.profile.time_zones:
        return None
    return case.proof(
        Outcome.RISK,
        NAME,
        "it loads time zones by name, and the base has only UTC",
        missing="a time zone database",
        provided_by=("tzdata",),
        fix="import time/tzdata, or copy /usr/share/zoneinfo from the build stage",
        evidence=("time.LoadLocation is in the program",),
    )
