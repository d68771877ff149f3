"""What can be parsed but is no valid instruction.

Source: BuildKit, frontend/dockerfile/instructions (parse.go, bflag.go). BuildKit stops at the
first problem; here all of them are found.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bedplate.dockerfile.arguments import KEYWORDS
from bedplate.dockerfile.flag_rules import flag_problems
from bedplate.dockerfile.heredocs import read_announced
from bedplate.dockerfile.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bedplate.dockerfile.instruction import Instruction

_STAGE_NAME = re.compile(r"[a-z][a-z0-9-_.]*")
_LONGEST = 40  # characters of a keyword that are looked at and shown
_NOT_PUT_OFF = frozenset(("FROM", "MAINTAINER"))


def find_problems(instructions: Sequence[Instruction]) -> Iterator[Problem]:
    """Find the problems of all instructions, in order."""
    in_stage = False
    for instruction in instructions:
        in_stage = in_stage or instruction.keyword == "FROM"
        for message in _messages(instruction, in_stage=in_stage):
            yield Problem(message, instruction.span, instruction.line)


def _messages(instruction: Instruction, *, in_stage: bool) -> Iterator[str]:
    keyword = instruction.keyword
    if keyword not in KEYWORDS:
        near = get_close_matches(keyword[:_LONGEST], KEYWORDS, 1)
        yield f"unknown instruction {instruction.name[:_LONGEST]}" + (
            f": {near[0]}?" if near else ""
        )
        return
    if not in_stage and keyword != "ARG":
        yield f"{keyword} before the first FROM"
    check = _CHECKS.get(keyword)
    if check:
        yield from check(instruction)
    yield from flag_problems(instruction)


def _at_least_one(instruction: Instruction) -> Iterator[str]:
    if not instruction.arguments:
        yield f"{instruction.keyword} needs an argument"


def _pairs(instruction: Instruction) -> Iterator[str]:
    yield from _at_least_one(instruction)
    if any(not pair.name for pair in instruction.pairs):
        yield f"{instruction.keyword} with an empty name"


def _copy(instruction: Instruction) -> Iterator[str]:
    if len(instruction.arguments) < 2:
        yield f"{instruction.keyword} needs a source and a destination"
    elif read_announced(instruction.arguments[-1].text):
        yield f"{instruction.keyword} can't have a here-document for its destination"


def _from(instruction: Instruction) -> Iterator[str]:
    words = [word.text for word in instruction.arguments]
    if len(words) == 3 and words[1].lower() == "as":
        if not _STAGE_NAME.fullmatch(words[2].lower()):
            yield f"{words[2]!r} is no name for a stage"
    elif len(words) != 1:
        yield "FROM takes an image, or an image, AS and a name"


def _onbuild(instruction: Instruction) -> Iterator[str]:
    nested = instruction.onbuild
    if nested is None:
        yield "ONBUILD needs an instruction"
    elif nested.keyword == "ONBUILD":
        yield "ONBUILD can't put off another ONBUILD"
    elif nested.keyword in _NOT_PUT_OFF:
        yield f"ONBUILD can't put off {nested.keyword}"


def _health_check(instruction: Instruction) -> Iterator[str]:
    if not instruction.arguments:
        yield "HEALTHCHECK needs an argument"
        return
    kind = instruction.arguments[0].text.upper()
    if kind == "NONE" and len(instruction.arguments) > 1:
        yield "HEALTHCHECK NONE takes no arguments"
    elif kind == "CMD" and len(instruction.arguments) == 1:
        yield "HEALTHCHECK CMD needs a command"
    elif kind not in ("NONE", "CMD"):
        yield f"HEALTHCHECK takes CMD or NONE, not {kind}"


def _shell(instruction: Instruction) -> Iterator[str]:
    if not instruction.arguments:
        yield "SHELL needs an argument"
    elif not instruction.json:
        yield "SHELL takes a JSON array"


def _volume(instruction: Instruction) -> Iterator[str]:
    yield from _at_least_one(instruction)
    if any(not word.text.strip() for word in instruction.arguments):
        yield "VOLUME with an empty path"


_CHECKS: dict[str, Callable[[Instruction], Iterator[str]]] = {
    "ADD": _copy,
    "ARG": _pairs,
    "COPY": _copy,
    "ENV": _pairs,
    "EXPOSE": _at_least_one,
    "FROM": _from,
    "HEALTHCHECK": _health_check,
    "LABEL": _pairs,
    "MAINTAINER": _at_least_one,
    "ONBUILD": _onbuild,
    "SHELL": _shell,
    "STOPSIGNAL": _at_least_one,
    "USER": _at_least_one,
    "VOLUME": _volume,
    "WORKDIR": _at_least_one,
}
