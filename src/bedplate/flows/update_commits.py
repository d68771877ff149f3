"""One commit for each group, in the user's working tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError, GitError
from bedplate.flows.pin_files import write_files
from bedplate.model.update_report import GroupOutcome, GroupStatus, UpdateReport
from bedplate.reporting.commit_message import commit_message
from bedplate.support.git_worktree import changed_paths, commit_paths
from bedplate.updating.edited_file import EditedFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.flows.update import UpdatePlan
    from bedplate.model.pin import ChangedFile
    from bedplate.model.update_group import UpdateGroup
    from bedplate.support.git import Git


def commit_update(plan: UpdatePlan, git: Git) -> UpdateReport:
    """Make the changes of a plan, group by group, and commit each.

    A group whose files have changes that are not committed is left alone: they would end up in
    our commit. When a commit fails, its files are put back.

    Args:
        plan: from `plan_update`.
        git: in the very folder of the plan.

    Raises:
        BadInput: the folder is in no repository.
    """
    paths = sorted({row.path for group in plan.groups for row in group.rows})
    busy = _busy(git, paths)
    done: list[UpdateGroup] = []
    outcomes = []
    for group in plan.groups:
        outcome = _commit(plan, git, done, group, busy)
        if outcome.status is GroupStatus.COMMITTED:
            done.append(group)
        outcomes.append(outcome)
    return UpdateReport(
        plan.outdated, tuple(outcomes), plan.changed(done), plan.not_edited, written=True
    )


def _busy(git: Git, paths: Sequence[str]) -> frozenset[str]:
    """List the files with changes that are not committed."""
    return frozenset(path for path in paths if changed_paths(git, (_literal(path),)))


def _literal(path: str) -> str:
    """Name a path to git, whatever characters are in it."""
    return f":(literal){path}"


def _commit(
    plan: UpdatePlan,
    git: Git,
    done: Sequence[UpdateGroup],
    group: UpdateGroup,
    busy: frozenset[str],
) -> GroupOutcome:
    """Write and commit a group on top of those that were committed before."""
    paths = sorted({row.path for row in group.rows})
    if mine := [path for path in paths if path in busy]:
        notes = tuple(f"{path}: has changes that are not committed" for path in mine)
        return GroupOutcome(group, GroupStatus.FAILED, notes=notes)
    before = {one.path: one.new for one in plan.changed(done)}
    wanted = [one for one in plan.changed((*done, group)) if one.path in paths]
    files = [(_as_it_is(plan, one.path, before), one) for one in wanted]
    failed = write_files(files)
    if failed:
        _put_back(files, {one.what for one in failed})
        notes = tuple(f"{one.what}: {one.reason}" for one in failed)
        return GroupOutcome(group, GroupStatus.FAILED, notes=notes)
    try:
        made = commit_paths(git, [_literal(one.path) for one in wanted], commit_message(group))
    except GitError as error:
        _put_back(files, set())
        return GroupOutcome(group, GroupStatus.FAILED, notes=(error.message,))
    notes = (f"not signed: {made.unsigned}",) if made.unsigned else ()
    return GroupOutcome(group, GroupStatus.COMMITTED, commit=made.commit, notes=notes)


def _as_it_is(plan: UpdatePlan, path: str, before: dict[str, str]) -> EditedFile:
    file = plan.files[path]
    if path not in before:
        return file
    return EditedFile(path, file.target, before[path].encode("utf-8", "surrogateescape"))


def _put_back(files: Sequence[tuple[EditedFile, ChangedFile]], untouched: set[str]) -> None:
    for file, changed in files:
        if file.path not in untouched:
            written = changed.new.encode("utf-8", "surrogateescape")
            try:
                EditedFile(file.path, file.target, written).write(file.text)
            except BedplateError:  # somebody has changed it since: theirs now
                continue
