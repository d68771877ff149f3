"""The tags of a repository at a date, grouped: the tags of a group name the same image."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.facts.summary import Summary

SCHEMA = "bedplate/tag-lists/1"


@dataclass(frozen=True, slots=True)
class TagGroup:
    """Tags that stood for the same image.

    Args:
        tags: full ones and short ones, in the order of the source.
        platforms: `os/architecture[/variant]` that the image is built for.
    """

    tags: tuple[str, ...]
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagList:
    """All tags that a repository's maintainers published.

    Args:
        repository: canonical name: `docker.io/library/node`.
        observed: ISO date on which the list was true.
        source: where it comes from.
        groups: in the order of the source, usually newest first.
    """

    repository: str
    observed: str
    source: str
    groups: tuple[TagGroup, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag once, in the order of the groups."""
        return tuple(dict.fromkeys(chain.from_iterable(group.tags for group in self.groups)))

    def group_of(self, tag: str) -> TagGroup | None:
        """Give the group of a tag; of several (one per operating system) the first."""
        return next((group for group in self.groups if tag in group.tags), None)

    def with_images(self, images: Iterable[Summary]) -> TagList:
        """Add the tags of images that are not on the list, a group for each image."""
        known = set(self.tags)
        groups = []
        for image in images:
            names = (image.reference, *image.aliases)
            tags = (name.rpartition(":")[2] for name in names if "@" not in name)
            fresh = tuple(tag for tag in tags if tag not in known)
            if fresh:
                known.update(fresh)
                platforms = (row.platform for row in image.rows)
                groups.append(TagGroup(fresh, tuple(p for p in platforms if p is not None)))
        return replace(self, groups=(*self.groups, *groups))


@dataclass(frozen=True, slots=True)
class TagTable:
    """The document `tags.json`.

    Args:
        schema: `bedplate/tag-lists/1`.
        observed, source: hold for all repositories.
        repositories: canonical repository name -> its groups.
    """

    schema: str
    observed: str
    source: str
    repositories: dict[str, tuple[TagGroup, ...]]

    def tag_list(self, repository: str) -> TagList | None:
        """Give the list of one repository."""
        groups = self.repositories.get(repository)
        return TagList(repository, self.observed, self.source, groups) if groups else None
