"""Tags that an image could move to, the newest first."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from bedplate.model.tag_policy import TagPolicy
from bedplate.tags import compare, parse, successive
from bedplate.tags.shape_pattern import shape_pattern
from bedplate.tags.version_range import is_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from bedplate.model.base_facts import EndOfLife
    from bedplate.model.reference import Reference
    from bedplate.model.tag import Tag
    from bedplate.model.tag_choice import TagChoice
    from bedplate.model.update_policy import UpdatePolicy

    Ends = Callable[[str, str], EndOfLife | None]

_COUNTED = 20_000  # tags of the same shape that are read to count how many are newer


def can_move(reference: Reference) -> bool:
    """Tell whether a tag says which release it is, so that there is a next one."""
    tag = parse(reference.name, reference.tag)
    return bool(tag.version or tag.build or tag.release)


def choices(
    reference: Reference, tags: Iterable[str], policy: UpdatePolicy, ends: Ends, today: date
) -> Iterator[TagChoice]:
    """Give the newest tag that the policy allows, then the next nearer one, and so on.

    The last one does not move.

    Args:
        reference: with a tag.
        tags: of its repository, in any order.
        policy: how far it may move.
        ends: end of life by product and cycle.
        today: that ends are held against.

    Raises:
        InvalidVersion: a range of the policy is none.
    """
    rules = TagPolicy(
        axes=policy.axes,
        prereleases=policy.prereleases,
        short_term=policy.short_term,
        ended=policy.ended,
        margin=policy.margin,
        allow=policy.allow,
        deny=policy.deny,
        within=policy.within,
        ends=ends,
        today=today,
    )
    return successive(reference.name, reference.tag, tags, rules)


def is_ignored(tag: Tag, policy: UpdatePolicy) -> bool:
    """Tell whether a version is in a range that is not proposed.

    Raises:
        InvalidVersion: a range of the policy is none.
    """
    return bool(tag.version) and any(is_within(tag.version, one) for one in policy.ignored)


def count_newer(current: Tag, chosen: Tag, tags: Iterable[str]) -> int:
    """Count the tags of the same form and precision above the current one, up to the chosen."""
    pattern = shape_pattern(current.shape)
    alike = (tag for tag in tags if pattern.fullmatch(tag))
    read = (parse(current.repository, tag) for tag in islice(alike, _COUNTED))
    return sum(
        tag.precision == chosen.precision
        and tag.shape == chosen.shape
        and tag.label == chosen.label
        and compare(tag, current) > 0
        and compare(tag, chosen) <= 0
        for tag in read
    )
