"""What a project is like, as far as its first configuration depends on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bedplate.model.update_policy import UpdateSettings

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class StarterProject:
    """A project.

    Args:
        files: kinds of the files that name images, by path, `/` between folders.
        images: names of the images, as short as they can be, sorted.
        places: how many places name images.
        pinned: how many of them have a digest.
        languages: for people: `Python`, `Node.js`.
        settings: how its images are updated so far; the defaults when nothing says.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    images: tuple[str, ...] = ()
    places: int = 0
    pinned: int = 0
    languages: tuple[str, ...] = ()
    settings: UpdateSettings = field(default_factory=UpdateSettings)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of files, sorted."""
        return tuple(sorted(set(self.files.values())))


@dataclass(frozen=True, slots=True)
class StarterText:
    """A file to begin with.

    Args:
        text: all of it.
        notes: what is left to do, and what of the policy it can't say.
    """

    text: str
    notes: tuple[str, ...] = ()
