"""The contract of an entry on the shelf `starter_files/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.starter import StarterProject, StarterText


class StarterFile(Protocol):
    """A file that a project begins with.

    NAME is what `init` calls it, PLACE its path from the top of the repository, WORKFLOW whether
    it is for a CI system.
    """

    NAME: str
    PLACE: str
    WORKFLOW: bool

    def write(self, project: StarterProject, /) -> StarterText:
        """Write the file; the same project gives the same bytes."""
        ...
