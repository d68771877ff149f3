"""Whether a policy lets a tag move to a newer one, and if not, why."""

from __future__ import annotations

from datetime import date, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from bedplate.model.tag_choice import Refusal, Refused
from bedplate.model.tag_policy import Ended
from bedplate.tags.axes import axes_between
from bedplate.tags.ordering import release_key
from bedplate.tags.products import distro_product, named_cycles
from bedplate.tags.version_range import is_within

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.base_facts import EndOfLife
    from bedplate.model.tag import Tag
    from bedplate.model.tag_policy import TagPolicy

_Answer = tuple[Refused, str] | None


class Judge:
    """Holds newer tags of one shape against the current one and a policy.

    Args:
        current: the tag that stands in the file.
        policy: how far it may move.

    Raises:
        InvalidVersion: the range of the policy is none.
    """

    def __init__(self, current: Tag, policy: TagPolicy) -> None:
        self._current = current
        self._policy = policy
        if policy.within:
            is_within((0,), policy.within)  # a bad one is told even where there is nothing newer
        self._ends: dict[tuple[str, str], EndOfLife | None] = {}
        self._own = {end.product: end for end in self._named_ends(current)}

    def refusal(self, tag: Tag) -> Refusal | None:
        """Give the first reason against a tag; None when it may be taken."""
        checks: tuple[Callable[[Tag], _Answer], ...] = (
            self._listed,
            self._precision,
            self._label,
            self._distro,
            self._axes,
            self._within,
            self._support,
        )
        for check in checks:
            answer = check(tag)
            if answer:
                return Refusal(tag.text, *answer)
        return None

    def _listed(self, tag: Tag) -> _Answer:
        denied = next((p for p in self._policy.deny if fnmatchcase(tag.text, p)), "")
        if denied:
            return Refused.DENIED, f"matches {denied}"
        allowed = self._policy.allow
        if allowed and not any(fnmatchcase(tag.text, pattern) for pattern in allowed):
            return Refused.NOT_ALLOWED, f"matches none of {', '.join(allowed)}"
        return None

    def _precision(self, tag: Tag) -> _Answer:
        if not self._policy.keep_precision or tag.precision == self._current.precision:
            return None
        return Refused.PRECISION, f"not as many numbers as {self._current.text}"

    def _label(self, tag: Tag) -> _Answer:
        current = self._current
        if self._policy.prereleases:
            return None
        if tag.label:
            same = tag.label == current.label and not tag.label_attached
            next_one = current.label_attached and tag.version == current.version
            return None if same or next_one else (Refused.PRERELEASE, "is a pre-release")
        if current.label and not current.label_attached:
            return Refused.PRERELEASE, f"is a release, and {current.label} stays as written"
        return None

    def _distro(self, tag: Tag) -> _Answer:
        if release_key(tag.release) >= release_key(self._current.release):
            return None
        return Refused.DISTRO_DOWNGRADE, f"{tag.distro} {tag.release} is older"

    def _axes(self, tag: Tag) -> _Answer:
        for axis in axes_between(self._current, tag):
            if axis not in self._policy.axes:
                return Refused.AXIS, f"{axis.name.lower()} may not move"
        return None

    def _within(self, tag: Tag) -> _Answer:
        wanted = self._policy.within
        if not wanted or not tag.version or is_within(tag.version, wanted):
            return None
        return Refused.OUT_OF_RANGE, f"not {wanted}"

    def _support(self, tag: Tag) -> _Answer:
        ends = self._named_ends(tag)
        for end in ends:
            own = self._own.get(end.product)
            stays = own is not None and own.cycle == end.cycle
            if self._may_not_end(stays=stays) and self._is_over(end):
                when = f" on {end.date}" if end.date else ""
                return Refused.END_OF_LIFE, f"support of {end.title} ends{when}"
            long_term = own is None or own.lts is not False
            if end.lts is False and long_term and not self._policy.short_term:
                return Refused.SHORT_TERM, f"{end.title} is no long-term release"
        product = distro_product(tag.distro) if tag.release != self._current.release else ""
        if self._policy.ends is None or not product or any(e.product == product for e in ends):
            return None
        return Refused.UNKNOWN_RELEASE, f"{tag.distro} {tag.release} is not known to be released"

    def _named_ends(self, tag: Tag) -> list[EndOfLife]:
        if self._policy.ends is None:
            return []
        named = [self._end(*one) for one in named_cycles(tag, self._end)]
        return [end for end in named if end is not None]

    def _end(self, product: str, cycle: str) -> EndOfLife | None:
        key = (product, cycle)
        if key not in self._ends and self._policy.ends is not None:
            self._ends[key] = self._policy.ends(product, cycle)
        return self._ends.get(key)

    def _may_not_end(self, *, stays: bool) -> bool:
        allowed = self._policy.ended
        return allowed is Ended.NEVER or (allowed is Ended.STAYING and not stays)

    def _is_over(self, end: EndOfLife) -> bool:
        today = self._policy.today
        if not end.date or today is None:
            return bool(end.ended)
        return date.fromisoformat(end.date) <= today + timedelta(days=self._policy.margin)
