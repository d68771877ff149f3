"""Changes that go together: one commit, one change request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.outdated_report import OutdatedRow


@dataclass(frozen=True, slots=True)
class UpdateGroup:
    """What changes together.

    Args:
        key: what its rows have in common: the name of an image, of a file, a name that was given.
        branch: its branch.
        title: one line.
        rows: at least one; each has a candidate.
    """

    key: str
    branch: str
    title: str
    rows: tuple[OutdatedRow, ...]

    @property
    def content(self) -> str:
        """What it changes, as a text that is the same as long as the change is."""
        return "\n".join(sorted({f"{row.path} {row.use.text} {row.newer}" for row in self.rows}))
