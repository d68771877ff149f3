"""The images that the build stages of a Dockerfile stand on, or that it copies from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.image_use import ImageUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.dockerfile.document import Dockerfile
    from bedplate.model.image_use import SkippedUse

_ROLES = ("from", "copy-from", "mount-from")


class StageBase(NamedTuple):
    """An image of a build stage.

    Args:
        image: its reference.
        stage: the stage's name, or its number.
    """

    image: str
    stage: str


def stage_bases(dockerfile: Dockerfile) -> Iterator[StageBase | SkippedUse]:
    """List them, each image of a stage once, and those whose name can't be resolved."""
    seen: set[StageBase] = set()
    for use in dockerfile.images():
        if use.role not in _ROLES:
            continue
        if not isinstance(use, ImageUse):
            yield use
        elif not use.final:
            found = StageBase(use.text, _stage(dockerfile, use.stage))
            if found not in seen:
                seen.add(found)
                yield found


def _stage(dockerfile: Dockerfile, number: int | None) -> str:
    if number is None:
        return ""
    return dockerfile.stages[number].name or str(number)
