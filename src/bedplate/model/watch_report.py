"""What one round of a watch did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.model.notice import Notice

if TYPE_CHECKING:
    from bedplate.model.notice import Change
    from bedplate.model.skipped import Skipped


@dataclass(frozen=True, slots=True)
class RepositoryOutcome:
    """One repository after a run.

    Args:
        repository: its name.
        images: how many places name images.
        behind: how many of them have something to move to.
        unexamined: how many could not be decided.
        changes: what is worth telling.
        failure: why it could not be looked at; empty when it could.
    """

    repository: str
    images: int = 0
    behind: int = 0
    unexamined: int = 0
    changes: tuple[Change, ...] = ()
    failure: str = ""

    @property
    def notice(self) -> Notice | None:
        """What to tell; None when there is nothing new."""
        if not self.changes and not self.failure:
            return None
        return Notice(self.repository, self.changes, self.failure)


@dataclass(frozen=True, slots=True)
class WatchRound:
    """One round.

    Args:
        outcomes: in the order of repositories.
        skipped: repositories that are left out, with the reason.
        undelivered: notices that did not reach anybody, with the reason.
        stopped: it was told to stop before its end.
    """

    outcomes: tuple[RepositoryOutcome, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    undelivered: tuple[Skipped, ...] = ()
    stopped: bool = False

    @property
    def failed(self) -> tuple[RepositoryOutcome, ...]:
        """The repositories that could not be looked at."""
        return tuple(one for one in self.outcomes if one.failure)
