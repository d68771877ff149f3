"""The file is for the processor of the base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "architecture"
_NAMES = {
    3: "i386",
    21: "ppc64le",
    22: "s390x",
    40: "arm",
    62: "x86-64",
    183: "AArch64",
    243: "RISC-V",
    258: "LoongArch",
}


def check(case: Case) -> Proof | None:
    """Compare `e_machine` with that of the loaders."""
    machine = case.file.elf.machine
    if case.situation.runs(case.file.elf):
        return None
    there, here = (_NAMES.get(n, f"machine {n}") for n in (case.situation.machine, machine))
    return case.proof(
        Outcome.FAILS,
        NAME,
        f"built for {here}, the base is for {there}",
        missing=here,
        fix=f"install or build it for {there}",
    )
