"""Which tags of a repository are builds of one another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from bedplate.tags.grammar import parse
from bedplate.tags.ordering import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.tag import Tag


class Family(NamedTuple):
    """What the tags of a family have in common.

    Args:
        shape: the tag without the numbers that move: `{version}-alpine{release}`.
        precision: how many numbers version, release and date have.
        release: of the distribution, `3.21`; empty when none is named.
    """

    shape: str
    precision: tuple[int, ...]
    release: str


def family_of(tag: Tag) -> Family:
    """Give the family that a tag belongs to."""
    return Family(tag.shape, tag.precision, tag.release)


def families(repository: str, tags: Iterable[str]) -> dict[Family, tuple[Tag, ...]]:
    """Group the tags of a repository, each group from the oldest to the newest.

    Pre-releases are in the family of their release.

    Args:
        repository: whose tags they are.
        tags: as the registry lists them, in any order.
    """
    found: dict[Family, list[Tag]] = defaultdict(list)
    for text in tags:
        tag = parse(repository, text)
        found[family_of(tag)].append(tag)
    return {family: tuple(sorted(group, key=sort_key)) for family, group in found.items()}
