"""There is a folder for the temporary files that a program makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.go_program import GoUse
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "temporary files"
_FOLDER = "/tmp"  # noqa: S108 - nothing is put there


def check(case: Case) -> Proof | None:
    """Ask for `/tmp`."""
    if case.file.is_packaged:
        return None
    uses, situation = case.file.contents.uses, case.situation
    if GoUse.TEMPORARY_FILES not in uses or situation.has("tmp") is not False:
        return None
    return case.proof(
        Outcome.RISK,
        NAME,
        "it makes temporary files, and the base has none",
        missing=_FOLDER,
        fix="copy an empty /tmp with mode 1777 from the build stage, or mount one",
        evidence=("os.CreateTemp or os.MkdirTemp is in the program",),
    )
