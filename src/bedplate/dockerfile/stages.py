"""Instructions -> build stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.dockerfile.instruction import Instruction, Stage, Word
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def split_stages(instructions: Sequence[Instruction]) -> tuple[Stage, ...]:
    """Cut at every FROM; what stands before the first one belongs to no stage."""
    starts = [i for i, instruction in enumerate(instructions) if instruction.keyword == "FROM"]
    ends = [*starts[1:], len(instructions)][: len(starts)]
    return tuple(
        [
            _stage(index, instructions[start], tuple(instructions[start + 1 : end]))
            for index, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]
    )


def _stage(index: int, origin: Instruction, rest: tuple[Instruction, ...]) -> Stage:
    arguments = origin.arguments
    named = len(arguments) == 3 and arguments[1].text.lower() == "as"
    platform = origin.flag("platform")
    return Stage(
        index=index,
        name=arguments[2].text.lower() if named else None,
        name_word=arguments[2] if named else None,
        base=arguments[0] if arguments else Word("", origin.value_span),
        platform=platform.value if platform else None,
        origin=origin,
        instructions=rest,
        span=Span(origin.span.start, rest[-1].span.end if rest else origin.span.end),
    )
