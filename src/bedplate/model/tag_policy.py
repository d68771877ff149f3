"""How far a tag may move."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bedplate.model.tag_choice import Axis

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bedplate.model.base_facts import EndOfLife


class Ended(StrEnum):
    """Whether a tag may move to one that names a release past or near its end of life.

    STAYING: where the current tag names the same release already, so that it gets its last patches.
    """

    NEVER = "never"
    STAYING = "staying"
    ALWAYS = "always"


DEFAULT_AXES = frozenset((Axis.DIGEST, Axis.PATCH, Axis.MINOR, Axis.MAJOR))


@dataclass(frozen=True, slots=True)
class TagPolicy:
    """What may move, and what may be moved to.

    Args:
        axes: what may change. DISTRO alone moves the distribution and keeps the version; a
            variant never changes by itself.
        keep_precision: `3.12` moves to `3.13`, never to `3.13.1` or `3`.
        prereleases: pre-releases may be moved to, and from one to the next. Otherwise a release
            never moves to one, a label behind a dash (`-rc1`) stays as written, like a variant,
            and an attached one (`3.14.0rc1`) moves to the next one of the same version or to a
            release.
        short_term: releases that are not long-term may be moved to from long-term ones.
        ended: whether releases past or near their end of life may be moved to.
        margin: days before the end of life that count as past it.
        allow: glob patterns, one of which a tag must match; empty for all.
        deny: glob patterns that no tag may match.
        within: range that the version must be in, as `<23` or `>=3.11,<3.14`; empty for any.
        ends: end of life by product and cycle, None where not known; without it nothing is
            refused as ended or short-term.
        today: the day against which ends are held; None: what `ends` says holds, without margin.
    """

    axes: frozenset[Axis] = DEFAULT_AXES
    keep_precision: bool = True
    prereleases: bool = False
    short_term: bool = False
    ended: Ended = Ended.NEVER
    margin: int = 90
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    within: str = ""
    ends: Callable[[str, str], EndOfLife | None] | None = None
    today: date | None = None
