"""Which stage starts from which, and which a build needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.dockerfile.mounts import mount_origins
from bedplate.errors import InvalidDockerfile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedplate.dockerfile.instruction import Stage


_MAX_DIGITS = 9


class Links(NamedTuple):
    """How stages hang together.

    Args:
        names: index of a stage by its name; the last one of a name counts.
        bases: by stage, the index of the stage that it starts from; None for an image.
        final: the target, the stage that it starts from, and so on.
        needed: all stages when there is no target, else those that the target needs.
    """

    names: Mapping[str, int]
    bases: Sequence[int | None]
    final: frozenset[int]
    needed: frozenset[int]


def find_links(stages: Sequence[Stage], base_texts: Sequence[str], target: str | None) -> Links:
    """Follow FROM, COPY --from and RUN --mount=from=.

    Args:
        stages: all of the file.
        base_texts: by stage, what it starts from with variables expanded.
        target: stage to build, by name or number; None for the last one.

    Raises:
        InvalidDockerfile: there is no such target.
    """
    names: dict[str, int] = {}
    bases: list[int | None] = []
    for stage, text in zip(stages, base_texts, strict=True):
        bases.append(names.get(text.lower()))
        if stage.name is not None:
            names[stage.name] = stage.index
    last = _target(names, len(stages), target)
    final: list[int] = []
    current: int | None = last
    while current is not None:
        final.append(current)
        current = bases[current]
    if target is None:
        return Links(names, bases, frozenset(final), frozenset(range(len(stages))))
    needed: set[int] = set()
    waiting = [] if last is None else [last]
    while waiting:
        index = waiting.pop()
        if index not in needed:
            needed.add(index)
            base = bases[index]
            waiting += [] if base is None else [base]
            waiting += _copied_from(stages[index], names, len(stages))
    return Links(names, bases, frozenset(final), frozenset(needed))


def stage_number(text: str, count: int) -> int | None:
    """Read a stage's number; None when it is none, or there are not so many stages."""
    if not text.isdecimal() or len(text) > _MAX_DIGITS or int(text) >= count:
        return None
    return int(text)


def _target(names: Mapping[str, int], count: int, target: str | None) -> int | None:
    if target is None:
        return count - 1 if count else None
    if target.lower() in names:
        return names[target.lower()]
    number = stage_number(target, count)
    if number is not None:
        return number
    known = ", ".join(names) or f"by number, 0 to {count - 1}"
    raise InvalidDockerfile(f"there is no stage {target!r}", f"the stages are: {known}")


def _copied_from(stage: Stage, names: Mapping[str, int], count: int) -> Iterator[int]:
    for instruction in stage.instructions:
        if instruction.keyword == "COPY":
            flag = instruction.flag("from")
            value = (flag.value if flag else None) or ""
            if value.lower() in names:
                yield names[value.lower()]
            elif (number := stage_number(value, count)) is not None:
                yield number
        elif instruction.keyword == "RUN":
            for origin, _span in mount_origins(instruction):
                if origin.lower() in names:
                    yield names[origin.lower()]
