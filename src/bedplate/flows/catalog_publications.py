"""What the catalog says of images that could be moved to, when there is no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidPlatform
from bedplate.model.platform import Platform
from bedplate.updating.published import Listed, Published

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.flows.session import Session
    from bedplate.model.reference import Reference


class CatalogPublications:
    """Answers by the tag lists and images of the catalog, which are of an earlier day."""

    def __init__(self, session: Session) -> None:
        self._catalog = session.catalog
        self.as_of = ""

    def tags(self, reference: Reference) -> Listed:
        """List the tags that the catalog knows."""
        known = self._catalog.tags(reference.name)
        if known is None:
            return Listed(failure="offline, and not in the catalog")
        self.as_of = max(self.as_of, known.observed)
        return Listed(known.tags)

    def published(self, reference: Reference) -> Published:
        """Tell what a tag or a digest stood for."""
        facts = self._catalog.find(reference)
        if facts is not None:
            self.as_of = max(self.as_of, facts.observed)
            return Published(
                facts.index_digest or "",
                platforms=_read(facts.platforms) if facts.platforms else None,
                dated=True,
            )
        known = self._catalog.tags(reference.name)
        group = known.group_of(reference.tag) if known and reference.digest is None else None
        if group is None:
            return Published(failure="offline, and not in the catalog", gone=True, dated=True)
        return Published(platforms=_read(group.platforms) if group.platforms else None, dated=True)

    def looked_into(self, reference: Reference) -> Published:
        """Tell the same: nobody can be asked for more."""
        return self.published(reference)


def _read(texts: Iterable[str]) -> tuple[Platform, ...]:
    found = []
    for text in texts:
        try:
            found.append(Platform.parse(text))
        except InvalidPlatform:
            continue
    return tuple(found)
