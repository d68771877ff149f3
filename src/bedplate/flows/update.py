"""Move the images of a repository forward in its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.flows.outdated import outdated_images
from bedplate.flows.pin_files import read_named, write_files
from bedplate.model.pin import ChangedFile
from bedplate.model.update_report import GroupOutcome, GroupStatus, UpdateReport
from bedplate.updating.grouping import group_rows
from bedplate.updating.update_file import editable, updated_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from bedplate.flows.outdated import Outlook
    from bedplate.flows.session import Session
    from bedplate.model.outdated_report import OutdatedReport, OutdatedRow
    from bedplate.model.skipped import Skipped
    from bedplate.model.update_group import UpdateGroup
    from bedplate.updating.edited_file import EditedFile

    Choose = Callable[[OutdatedRow], bool]


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """What is to change.

    Args:
        files: as they were read, by path.
        outdated: what is behind.
        groups: what can be edited.
        not_edited: what is behind and can't be edited, with the reason.
    """

    files: Mapping[str, EditedFile]
    outdated: OutdatedReport
    groups: tuple[UpdateGroup, ...]
    not_edited: tuple[Skipped, ...]

    def changed(self, groups: Iterable[UpdateGroup]) -> tuple[ChangedFile, ...]:
        """Give the files that some groups change, with all of their changes."""
        by_path: dict[str, list[OutdatedRow]] = {}
        for group in groups:
            for row in group.rows:
                by_path.setdefault(row.path, []).append(row)
        found = []
        for path, rows in by_path.items():
            old = self.files[path].text
            new = updated_text(path, old, rows)
            if new != old:
                found.append(ChangedFile(path, old, new))
        return tuple(found)


def plan_update(
    folder: Path,
    paths: Sequence[str],
    session: Session,
    outlook: Outlook,
    choose: Choose | None = None,
) -> UpdatePlan:
    """Find what is behind, and what its files would become; nothing is written.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.
        session: offline, the catalog answers.
        outlook: what may be moved to.
        choose: asked about each move; None to make them all.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be read.
    """
    named, skipped = read_named(folder, paths)
    report = outdated_images(named, session, outlook, skipped)
    chosen = [row for row in report.behind if choose is None or choose(row)]
    rows, not_edited = editable(chosen, {one.file.path: one for one in named})
    return UpdatePlan(
        {one.file.path: one.file for one in named},
        report,
        group_rows(rows, outlook.settings),
        tuple(not_edited),
    )


def update(plan: UpdatePlan, *, write: bool = True) -> UpdateReport:
    """Make the changes of a plan.

    Args:
        plan: from `plan_update`.
        write: put the new texts in place; else they are only shown.
    """
    changed = plan.changed(plan.groups)
    failed = write_files((plan.files[one.path], one) for one in changed) if write else ()
    broken = {one.what for one in failed}

    def outcome(group: UpdateGroup) -> GroupOutcome:
        if not write:
            return GroupOutcome(group, GroupStatus.SHOWN)
        mine = [one for one in failed if one.what in {row.path for row in group.rows} & broken]
        status = GroupStatus.FAILED if mine else GroupStatus.WRITTEN
        return GroupOutcome(group, status, notes=tuple(f"{x.what}: {x.reason}" for x in mine))

    return UpdateReport(
        plan.outdated,
        tuple(map(outcome, plan.groups)),
        changed,
        plan.not_edited,
        failed,
        written=write,
    )
