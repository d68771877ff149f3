"""The contract of an entry on the shelf `hazards/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.rebase_report import Concern
    from bedplate.rebasing.situation import Situation


class Hazard(Protocol):
    """Something that can be wrong with an image on another base: a module with these names.

    NAME stands in reports.
    """

    NAME: str

    def find(self, situation: Situation) -> Iterator[Concern]:
        """Tell what speaks against it, each thing once."""
        ...
