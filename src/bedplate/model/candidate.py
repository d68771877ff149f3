"""What an image could move to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.tag_choice import Axis


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tag and what it stands for now.

    Args:
        tag: as written in the registry; empty where the image is named by digest alone.
        axes: what moves, the most first; DIGEST alone when the tag stays.
        digest: `sha256:...` of the index, or of the manifest where there is none; empty: not known.
        platforms: `os/architecture[/variant]` that it is offered for; None: not known.
        created: ISO time since which it is there; empty: not known.
        time_source: who says so.
        behind: how many tags of the same form and precision are newer than the current one, up
            to this one.
    """

    tag: str
    axes: tuple[Axis, ...]
    digest: str = ""
    platforms: tuple[str, ...] | None = None
    created: str = ""
    time_source: str = ""
    behind: int = 0

    @property
    def axis(self) -> Axis:
        """The most that moves."""
        return self.axes[0]
