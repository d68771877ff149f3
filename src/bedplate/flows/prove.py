"""Will it run there? An application against some bases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.flows.proof_application import open_application
from bedplate.flows.proof_base import open_base
from bedplate.flows.prove_project import ProjectWishes, prove_project
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import BaseProofs, Proof, ProofReport
from bedplate.proving import prove_on
from bedplate.proving.node_package import find_packages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.proving.application import Application


def prove(
    application: str,
    bases: Sequence[str],
    folder: Path,
    session: Session,
    *,
    base_layers: int | None = None,
    wishes: ProjectWishes | None = None,
) -> ProofReport:
    """Prove an application against bases.

    Args:
        application: a path, or an image as `[scheme:]location`.
        bases: images, `scratch`.
        folder: that relative paths begin in.
        session: means and permissions of this run.
        base_layers: how many of the application's layers are its base's; None to find out.
        wishes: how a project is judged of which nothing is installed.

    Raises:
        BedplateError: the application can't be opened.
    """
    opened, kind = open_application(application, folder, session, base_layers)
    root = f"{opened.root}/" if opened.root else ""
    by_files: tuple[BaseProofs, ...] = ()
    uncompiled = kind == "folder" and not opened.compiled
    if not uncompiled or find_packages(opened):  # what is installed is judged as it stands
        by_files = tuple(_from_root(_on(opened, name, session), root) for name in bases)
    if uncompiled and not any(one.proofs for one in by_files):
        place = folder / application.removeprefix("dir:")
        by_locks = prove_project(application, place, bases, session, wishes or ProjectWishes())
        if by_locks is not None:
            return by_locks
    found = by_files or tuple(_from_root(_on(opened, name, session), root) for name in bases)
    return ProofReport(application, kind, found)


def _on(application: Application, name: str, session: Session) -> BaseProofs:
    """Prove on one base; one that can't be had does not keep the others from being told."""
    try:
        candidate = open_base(name, session)
    except BedplateError as error:
        return BaseProofs(name, "nothing", skipped=(Skipped(name, str(error)),))
    return prove_on(application, candidate)


def _from_root(report: BaseProofs, root: str) -> BaseProofs:
    """Give paths as the user knows them: from the folder that was named."""
    if not root:
        return report
    return replace(report, proofs=tuple(_renamed(proof, root) for proof in report.proofs))


def _renamed(proof: Proof, root: str) -> Proof:
    return replace(
        proof,
        path=proof.path.removeprefix(root),
        requested_by=proof.requested_by.removeprefix(root),
    )
