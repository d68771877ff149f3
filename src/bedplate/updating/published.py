"""What a registry, or the catalog, has under a tag or a digest; and who can be asked for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.platform import Platform
    from bedplate.model.reference import Reference


@dataclass(frozen=True, slots=True)
class Published:
    """An image as it is offered, or why nothing is known of it.

    Args:
        digest: of the index, or of the manifest where there is none; empty: not known.
        platforms: that it is offered for; None: not known.
        images: digest of the manifest by platform; empty where there is no index.
        created: ISO time since which it is there; empty: not known.
        time_source: who says so.
        failure: why nothing is known; empty when something is.
        gone: whoever was asked answered that there is no such image.
        dated: the answer is of an earlier day.
    """

    digest: str = ""
    platforms: tuple[Platform, ...] | None = None
    images: Mapping[str, str] = field(default_factory=dict)
    created: str = ""
    time_source: str = ""
    failure: str = ""
    gone: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """The tags of a repository.

    Args:
        tags: in any order.
        failure: why there are none; empty when there are.
        note: what there is to know of them.
    """

    tags: tuple[str, ...] = ()
    failure: str = ""
    note: str = ""


class Publications(Protocol):
    """Answers for a run; the same question is asked once. Failures are values."""

    def tags(self, reference: Reference) -> Listed:
        """List the tags of the repository."""
        ...

    def published(self, reference: Reference) -> Published:
        """Tell what a tag or a digest stands for: one request."""
        ...

    def looked_into(self, reference: Reference) -> Published:
        """Tell the same with the time and the platform of what has no index: more requests."""
        ...
