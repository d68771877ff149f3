"""What became of an update."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.outdated_report import OutdatedReport
    from bedplate.model.pin import ChangedFile
    from bedplate.model.skipped import Skipped
    from bedplate.model.update_group import UpdateGroup


class GroupStatus(StrEnum):
    """How a group ended."""

    SHOWN = "would change"
    WRITTEN = "written"
    COMMITTED = "committed"
    CREATED = "opened"
    UPDATED = "refreshed"
    UNCHANGED = "unchanged"
    DECLINED = "declined"  # a person closed the same request before
    KEPT = "kept"  # a person has commits on its branch
    WAITING = "waiting"  # for its schedule, or for other requests
    EMPTY = "nothing to do"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """One group after a run.

    Args:
        group: what was to change.
        status: how it ended.
        url: of its change request; empty when there is none.
        commit: hash; empty when there is none.
        notes: why, and what was wanted and not done.
    """

    group: UpdateGroup
    status: GroupStatus
    url: str = ""
    commit: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """One run.

    Args:
        outdated: what is behind.
        groups: what became of each group, in order.
        changed: files that got, or would get, another text.
        not_edited: places that are behind and can't be edited, with the reason.
        failed: files that could not be written; each is as it was.
        closed: addresses of change requests that nobody needs any more.
        kept: requests that are stale and stay, with the reason.
        dashboard: address of the issue; empty when there is none.
        written: the changes were made, not only shown.
    """

    outdated: OutdatedReport
    groups: tuple[GroupOutcome, ...] = ()
    changed: tuple[ChangedFile, ...] = ()
    not_edited: tuple[Skipped, ...] = ()
    failed: tuple[Skipped, ...] = ()
    closed: tuple[str, ...] = ()
    kept: tuple[Skipped, ...] = ()
    dashboard: str = ""
    written: bool = False
