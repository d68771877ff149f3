"""A project of which nothing is installed: its lock files speak for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, BedplateError
from bedplate.flows.fetch_packages import PackageFetcher
from bedplate.flows.proof_base import open_base
from bedplate.flows.prove_locks import find_locks, prove_locks
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import BaseProofs
from bedplate.proving.candidate import Candidate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.model.index_addresses import IndexAddresses
    from bedplate.model.verdict import ProofReport


@dataclass(frozen=True, slots=True)
class ProjectWishes:
    """How a project's packages are judged.

    Args:
        installed_on: base of the stage that installs them; empty for each base itself.
        development: also packages that are needed for development only.
        fetch_from: judge the bytes of their files, from these addresses where lock files
            name none; None to fetch nothing.
    """

    installed_on: str = ""
    development: bool = False
    fetch_from: IndexAddresses | None = None


def prove_project(
    name: str, folder: Path, bases: Sequence[str], session: Session, wishes: ProjectWishes
) -> ProofReport | None:
    """Judge the packages of a project's lock files.

    Args:
        name: of the project, for the report.
        folder: of it.
        bases: images, `scratch`.
        session: means and permissions of this run.
        wishes: of the user.

    Returns:
        None when it has no lock files.

    Raises:
        BadInput: files are to be fetched, but offline.
        BedplateError: the base of `installed_on` can't be opened.
    """
    projects = find_locks(folder)
    if not projects:
        return None
    fetcher = None
    if wishes.fetch_from is not None:
        if session.offline:
            raise BadInput("--fetch asks registries, which --offline forbids", "leave one out")
        fetcher = PackageFetcher(session.access.registry().http, wishes.fetch_from)
    installed_on = open_base(wishes.installed_on, session) if wishes.installed_on else None
    opened = [_open(base, session) for base in bases]
    report = prove_locks(
        name,
        projects,
        [one for one in opened if isinstance(one, Candidate)],
        installed_on=installed_on,
        development=wishes.development,
        fetcher=fetcher,
    )
    judged = iter(report.bases)
    return replace(
        report,
        bases=tuple(next(judged) if isinstance(one, Candidate) else one for one in opened),
    )


def _open(name: str, session: Session) -> Candidate | BaseProofs:
    """Open a base; one that can't be had does not keep the others from being told."""
    try:
        return open_base(name, session)
    except BedplateError as error:
        return BaseProofs(name, "nothing", skipped=(Skipped(name, str(error)),))
