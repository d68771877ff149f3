"""The newest tag that a policy lets a tag move to."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from bedplate.model.tag_choice import Refused, TagChoice
from bedplate.model.tag_policy import TagPolicy
from bedplate.tags.axes import axes_between
from bedplate.tags.grammar import MAX_LENGTH, parse
from bedplate.tags.ordering import compare, newer_as_far_as_named, sort_key, version_key
from bedplate.tags.refusals import Judge
from bedplate.tags.shape_pattern import numbers_of, shape_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.tag import Tag
    from bedplate.model.tag_choice import Refusal

_LISTED = 100  # refusals that are kept; of a list of a million the rest is counted
_READ = 50_000  # of the newest tags; where all of them are refused there is nothing to propose
_DEFAULT = TagPolicy()


def newest(
    repository: str, current: str, candidates: Iterable[str], policy: TagPolicy = _DEFAULT
) -> TagChoice:
    """Choose among the tags of a repository.

    Only tags of the same shape are looked at: the variant, the platform and the way in which a
    tag is written never change. A tag that is not in the list may be given as the current one.

    Args:
        repository: whose tags they are: `node`, `docker.io/library/node`.
        current: the tag that stands in the file.
        candidates: the tags of the repository, in any order.
        policy: how far it may move.

    Raises:
        InvalidVersion: the range of the policy is none.
    """
    return next(successive(repository, current, candidates, policy))


def successive(
    repository: str, current: str, candidates: Iterable[str], policy: TagPolicy = _DEFAULT
) -> Iterator[TagChoice]:
    """Choose the newest tag, then the next nearer one that is allowed, and so on.

    The last choice is the current tag. Arguments and errors as for `newest`; each choice has the
    refusals up to it.
    """
    own = parse(repository, current)
    judge = Judge(own, policy)
    refused: list[Refusal] = []
    for tag in islice(_newer(own, candidates), _READ):
        refusal = judge.refusal(tag)
        if refusal is None:
            yield _choice(own, tag, refused)
        else:
            refused.append(refusal)
    yield _choice(own, own, refused)


def _choice(own: Tag, chosen: Tag, refused: list[Refusal]) -> TagChoice:
    told = [one for one in refused if _is_worth_telling(one, chosen)]
    return TagChoice(
        own, chosen, axes_between(own, chosen), tuple(told[:_LISTED]), len(told[_LISTED:])
    )


def _newer(own: Tag, candidates: Iterable[str]) -> Iterator[Tag]:
    """Read the tags of the same shape that are newer, the newest first."""
    for group in _by_numbers(own, candidates):
        tags = (parse(own.repository, text) for text in group)
        newer = [tag for tag in tags if tag.shape == own.shape and compare(tag, own) > 0]
        yield from sorted(newer, key=sort_key, reverse=True)


def _by_numbers(own: Tag, candidates: Iterable[str]) -> Iterator[list[str]]:
    """Group what looks like the tag by version (or date), the newest group first.

    It costs a microsecond for each, and what is older is not read at all.
    """
    matches = shape_pattern(own.shape).fullmatch
    if not own.version and not own.build and not own.release:
        return  # `latest` has no successor
    least = own.version or own.build
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for text in candidates:
        match = matches(text) if len(text) <= MAX_LENGTH else None
        if match:
            key = numbers_of(match)
            if key >= least[: len(key)]:
                groups[key].append(text)
    built = not own.version or bool(own.build)
    for key in sorted(groups, key=lambda one: version_key(one, built=built), reverse=True):
        yield list(dict.fromkeys(groups[key]))


def _is_worth_telling(refusal: Refusal, chosen: Tag) -> bool:
    """Leave out other spellings of what was chosen: `2.4` and `2` beside `2.4.2`."""
    if refusal.reason is not Refused.PRECISION:
        return True
    return newer_as_far_as_named(parse(chosen.repository, refusal.tag), chosen)
