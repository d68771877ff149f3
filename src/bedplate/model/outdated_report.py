"""What is behind in a repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.decision import Decision
    from bedplate.model.delta import ImageDelta
    from bedplate.model.image_use import ImageUse
    from bedplate.model.reference import Reference
    from bedplate.model.skipped import Skipped
    from bedplate.model.update_policy import UpdatePolicy


@dataclass(frozen=True, slots=True)
class OutdatedRow:
    """One place that names an image.

    Args:
        path: the file, `/` between folders.
        use: what stands there.
        reference: what it means.
        decision: what it could move to.
        policy: what holds for it.
        delta: what would be different; None when not known.
    """

    path: str
    use: ImageUse
    reference: Reference
    decision: Decision
    policy: UpdatePolicy
    delta: ImageDelta | None = None

    @property
    def is_behind(self) -> bool:
        """Whether there is something to move to."""
        return self.decision.candidate is not None

    @property
    def newer(self) -> str:
        """The reference as it could be, as short as the file has it; empty if it stays."""
        candidate = self.decision.candidate
        if candidate is None:
            return ""
        name = self.use.name + (f":{candidate.tag}" if candidate.tag else "")
        pinned = bool(self.use.digest) or bool(self.policy.pin_digests)
        return f"{name}@{candidate.digest}" if pinned and candidate.digest else name


@dataclass(frozen=True, slots=True)
class OutdatedReport:
    """One run.

    Args:
        rows: in the order of files and lines.
        skipped: files, images and settings that could not be examined, with the reason.
        files: how many files name images.
        sources: files that say how images may be updated.
        as_of: ISO date of the catalog that answered; empty when registries did.
        notes: what there is to know of the policy.
    """

    rows: tuple[OutdatedRow, ...]
    skipped: tuple[Skipped, ...] = ()
    files: int = 0
    sources: tuple[str, ...] = ()
    as_of: str = ""
    notes: tuple[str, ...] = ()

    @property
    def behind(self) -> tuple[OutdatedRow, ...]:
        """The rows that have something to move to."""
        return tuple(row for row in self.rows if row.is_behind)

    @property
    def unexamined(self) -> tuple[OutdatedRow, ...]:
        """The rows that could not be decided."""
        return tuple(row for row in self.rows if row.decision.failure)
