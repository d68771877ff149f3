"""The newest tag that a policy lets a tag move to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.tag_choice import Refused, TagChoice
from bedplate.model.tag_policy import TagPolicy
from bedplate.tags.axes import axes_between
from bedplate.tags.grammar import MAX_LENGTH, parse
from bedplate.tags.ordering import compare, newer_as_far_as_named, sort_key
from bedplate.tags.refusals import Judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.tag import Tag
    from bedplate.model.tag_choice import Refusal

_LISTED = 100  # refusals that are kept; of a list of a million the rest is counted
_PLACE_HOLDER = re.compile(r"\{[a-z0-9]+\}")
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
    own = parse(repository, current)
    judge = Judge(own, policy)
    refused: list[Refusal] = []
    chosen = own
    for tag in sorted(_newer(own, candidates), key=sort_key, reverse=True):
        refusal = judge.refusal(tag)
        if refusal is None:
            chosen = tag
            break
        refused.append(refusal)
    told = [one for one in refused if _is_worth_telling(one, chosen)]
    return TagChoice(
        own, chosen, axes_between(own, chosen), tuple(told[:_LISTED]), len(told[_LISTED:])
    )


def _newer(own: Tag, candidates: Iterable[str]) -> Iterator[Tag]:
    """Read the tags of the same shape that are newer."""
    if own.floating and not own.release:
        return  # `latest` has no successor
    for text in _similar(own, candidates):
        tag = parse(own.repository, text)
        if tag.shape == own.shape and compare(tag, own) > 0:
            yield tag


def _similar(own: Tag, candidates: Iterable[str]) -> Iterator[str]:
    """Leave out, at little cost, most tags of other shapes."""
    pieces = [piece for piece in _PLACE_HOLDER.split(own.shape) if piece]
    for text in dict.fromkeys(candidates):
        if len(text) <= MAX_LENGTH and all(piece in text for piece in pieces):
            yield text


def _is_worth_telling(refusal: Refusal, chosen: Tag) -> bool:
    """Leave out other spellings of what was chosen: `2.4` and `2` beside `2.4.2`."""
    if refusal.reason is not Refused.PRECISION:
        return True
    return newer_as_far_as_named(parse(chosen.repository, refusal.tag), chosen)
