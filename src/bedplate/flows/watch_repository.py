"""Look at one watched repository by its own policy: tell what is behind, or open requests."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.flows.image_deltas import ImageDeltas
from bedplate.flows.outdated import Outlook, outdated
from bedplate.flows.update_requests import update_requests
from bedplate.flows.update_settings import read_update_settings
from bedplate.model.notice import Change
from bedplate.model.update_report import GroupStatus
from bedplate.model.watch_report import RepositoryOutcome
from bedplate.reporting.outdated_words import grouped, move, target
from bedplate.support.git_remote import fetch
from bedplate.support.git_worktree import worktree

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.flows.update_requests import Place
    from bedplate.model.outdated_report import OutdatedReport
    from bedplate.model.update_policy import UpdateSettings
    from bedplate.model.update_report import UpdateReport
    from bedplate.support.git import Git
    from bedplate.support.git_remote import Remote

_OWN = "bedplate.toml"
_WORTH_TELLING = frozenset((GroupStatus.CREATED, GroupStatus.UPDATED, GroupStatus.FAILED))


def look_at_folder(
    name: str, folder: Path, session: Session, now: dt.datetime
) -> RepositoryOutcome:
    """Tell what is behind in a folder.

    Args:
        name: of the repository.
        folder: its files.
        session: asks registries.
        now: with a zone.
    """
    deltas = ImageDeltas(replace(session, offline=True))  # what the catalog knows costs nothing
    outlook = Outlook(_settings(folder), now, deltas, gates=False)
    report = outdated(folder, (), session, outlook)
    return _outcome(name, report, tuple(_behind(report)))


def look_at_branch(
    name: str, git: Git, remote: Remote, branch: str, session: Session, now: dt.datetime
) -> RepositoryOutcome:
    """Tell what is behind on a branch of a remote."""
    with worktree(git, fetch(git, remote, branch)) as tree:
        return look_at_folder(name, tree, session, now)


def update_watched(
    name: str, place: Place, session: Session, now: dt.datetime
) -> RepositoryOutcome:
    """Open and refresh the change requests of a repository.

    Args:
        name: of the repository.
        place: where; its base is the default branch, whose policy may name another one.
        session: asks registries.
        now: with a zone.
    """
    with worktree(place.git, fetch(place.git, place.remote, place.base)) as tree:
        settings = _settings(tree)
    base = settings.base or place.base
    outlook = Outlook(replace(settings, base=base), now, ImageDeltas(session))
    report = update_requests(replace(place, base=base), (), session, outlook)
    return _outcome(name, report.outdated, tuple(_changes(report)))


def _settings(folder: Path) -> UpdateSettings:
    own = folder / _OWN
    return read_update_settings(folder, own if own.is_file() else None)


def _outcome(name: str, report: OutdatedReport, changes: tuple[Change, ...]) -> RepositoryOutcome:
    return RepositoryOutcome(
        name, len(report.rows), len(report.behind), len(report.unexamined), changes
    )


def _behind(report: OutdatedReport) -> Iterator[Change]:
    for one in grouped(report.behind):
        candidate = one.row.decision.candidate
        if candidate is not None:
            image = one.row.reference.familiar.partition("@")[0]
            title = f"{image} -> {target(one.row)}, {move(candidate)}"
            yield Change("behind", title, notes=one.places[:5])


def _changes(report: UpdateReport) -> Iterator[Change]:
    for one in report.groups:
        if one.status in _WORTH_TELLING:
            yield Change(str(one.status), one.group.title, one.url, one.notes)
    for url in report.closed:
        yield Change("closed", "nobody needs it any more", url)
