"""No newer processor is needed than can be taken for granted.

Source: x86-64 psABI, "Micro-Architecture Levels", GNU_PROPERTY_X86_ISA_1_NEEDED.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome
from bedplate.proving.situation import ASSUMED_LEVEL

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "processor level"


def check(case: Case) -> Proof | None:
    """Look at what files say that they need."""
    level = max(
        (one.library.elf.isa_level for one in case.objects), default=case.file.elf.isa_level
    )
    if level <= ASSUMED_LEVEL:
        return None
    return case.proof(
        Outcome.RISK,
        NAME,
        f"it needs a processor of level x86-64-v{level}, which is not everywhere",
        missing=f"x86-64-v{level}",
        fix="make sure that every host has it, or take a build for an older level",
    )
