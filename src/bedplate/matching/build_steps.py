"""Which line of a Dockerfile made which layer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.dockerfile.document import Dockerfile
    from bedplate.dockerfile.instruction import Instruction, Stage

_MAKERS = ("RUN", "COPY", "ADD", "WORKDIR")
_KEYWORD = re.compile(r"(?:/bin/sh -c )?(?:#\(nop\)\s+)?(RUN|COPY|ADD|WORKDIR)\s+(.*)", re.DOTALL)
# `|2 VERSION=1 NAME=x /bin/sh -c ...`: build arguments in front of a command
_ARGUMENTS = re.compile(r"\|\d+ .*?(?=/bin/\w*sh -c )", re.DOTALL)
_SHELL = re.compile(r"/bin/\w*sh -c ")
_MAX_TEXT = 4096


class _Step(NamedTuple):
    """A build step as a history or a Dockerfile tells it, without what one of them leaves out."""

    keyword: str
    text: str


def lines_of(created_by: Sequence[str], dockerfile: Dockerfile) -> dict[int, int]:
    """Match the layers of an image with the lines of the file that it was built from.

    Args:
        created_by: what the history says of each layer, lowest first.
        dockerfile: its last stage is the image.

    Returns:
        the line by the number of the layer; layers of the base image have none.
    """
    instructions = [one for one in _instructions(dockerfile) if one.keyword in _MAKERS]
    found: dict[int, int] = {}
    left = len(instructions)
    for layer in range(len(created_by) - 1, -1, -1):
        step = _step(created_by[layer])
        place = next(
            (n for n in range(left - 1, -1, -1) if step and _is_same(step, instructions[n])), None
        )
        if place is None:
            break  # from here on down it is the base image's, or the file is another one
        found[layer] = instructions[place].line
        left = place
    return found


def _instructions(dockerfile: Dockerfile) -> list[Instruction]:
    """List what the last stage runs, that of the stages that it stands on first."""
    stages = {stage.name: stage for stage in dockerfile.stages if stage.name}
    chain: list[Stage] = []
    stage = dockerfile.stages[-1] if dockerfile.stages else None
    while stage is not None and stage not in chain:
        chain.append(stage)
        below = stages.get(stage.base.text.lower())
        stage = below if below is not None and below.index < stage.index else None
    return [one for stage in reversed(chain) for one in stage.instructions]


def _step(created_by: str) -> _Step | None:
    text = created_by[:_MAX_TEXT].removesuffix("# buildkit").strip()
    text = _ARGUMENTS.sub("", text, count=1)
    found = _KEYWORD.match(text)
    if found:
        return _Step(found[1], _plain(found[2]))
    # the classic builder writes no keyword for RUN
    return _Step("RUN", _plain(text)) if _SHELL.match(text) else None


def _plain(text: str) -> str:
    text = _ARGUMENTS.sub("", text, count=1)
    return " ".join(_SHELL.sub("", text, count=1).split())


def _is_same(step: _Step, instruction: Instruction) -> bool:
    if step.keyword != instruction.keyword:
        return False
    if step.keyword == "RUN" and not instruction.heredocs:
        # histories of registries may be cut off
        written = " ".join(instruction.value.split())
        return written == step.text or (len(step.text) > 40 and written.startswith(step.text[:-3]))
    if step.keyword == "RUN":
        return step.text.startswith("<<")
    # sources and places have their variables and checksums filled in
    target = instruction.arguments[-1].text if instruction.arguments else ""
    return "$" in target or step.text.split()[-1:] == [target] or step.text.endswith(f" {target}")
