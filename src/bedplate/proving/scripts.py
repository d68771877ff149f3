"""The program is there that runs a script.

Source: execve(2), "Interpreter scripts".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.shebang import read_shebang
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.commands import find_command

if TYPE_CHECKING:
    from bedplate.proving.situation import Situation

NAME = "shebang"


def judge_script(path: str, head: bytes, situation: Situation) -> Proof:
    """Judge the first line of a script.

    Args:
        path: of the script.
        head: its first bytes.
        situation: application and base.
    """
    line = read_shebang(head)
    if line is None:
        return Proof(path, Outcome.FAILS, NAME, "its first line names no program")
    there = situation.has(line.interpreter)
    if there is None:
        return _unknown(path, line.interpreter)
    if there is False:
        return _absent(path, line.interpreter)
    if line.command == line.interpreter or not line.command:
        return Proof(path, Outcome.LOADS, NAME, "")
    found = find_command(situation, line.command)
    if found is None:
        return _unknown(path, line.command)
    return Proof(path, Outcome.LOADS, NAME, "") if found else _absent(path, line.command)


def _absent(path: str, program: str) -> Proof:
    shell = program.rpartition("/")[2]
    return Proof(
        path,
        Outcome.FAILS,
        NAME,
        f"it is run by {program}, which is not on this base",
        missing=program,
        fix=f"use a base with {shell}, or start the program in another way",
    )


def _unknown(path: str, program: str) -> Proof:
    reason = f"it is run by {program}, of which the profile says nothing"
    return Proof(path, Outcome.UNKNOWN, NAME, reason, missing=program)
