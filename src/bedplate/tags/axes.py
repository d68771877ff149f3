"""What moves between two tags of a repository."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from bedplate.model.tag_choice import Axis

if TYPE_CHECKING:
    from bedplate.model.tag import Tag

_BY_PLACE = (Axis.MAJOR, Axis.MINOR)


def axes_between(first: Tag, second: Tag) -> tuple[Axis, ...]:
    """List what moves, the most first; DIGEST alone when both are the same tag.

    A different pre-release, build or date of the same version is a PATCH.
    """
    found = {_version_axis(first, second)} - {None}
    if first.shape != second.shape or first.words != second.words:
        found.add(Axis.VARIANT)
    if (first.distro, first.release) != (second.distro, second.release):
        found.add(Axis.DISTRO)
    moved = [axis for axis in found if axis is not None]
    return tuple(sorted(moved, reverse=True)) or (Axis.DIGEST,)


def _version_axis(first: Tag, second: Tag) -> Axis | None:
    for place, (one, other) in enumerate(zip_longest(first.version, second.version)):
        if one != other:
            return _BY_PLACE[place] if place < len(_BY_PLACE) else Axis.PATCH
    same = (first.label, first.build) == (second.label, second.build)
    return None if same else Axis.PATCH
