"""Will it run there? An application against some bases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.flows.proof_application import open_application
from bedplate.flows.proof_base import open_base
from bedplate.model.verdict import BaseProofs, Proof, ProofReport
from bedplate.proving import prove_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bedplate.flows.session import Session


def prove(
    application: str,
    bases: Sequence[str],
    folder: Path,
    session: Session,
    *,
    base_layers: int | None = None,
) -> ProofReport:
    """Prove an application against bases.

    Args:
        application: a path, or an image as `[scheme:]location`.
        bases: images, `scratch`.
        folder: that relative paths begin in.
        session: means and permissions of this run.
        base_layers: how many of the application's layers are its base's; None to find out.

    Raises:
        BedplateError: one of them can't be opened.
    """
    opened, kind = open_application(application, folder, session, base_layers)
    found = []
    for name in bases:
        report = prove_on(opened, open_base(name, session))
        found.append(_from_root(report, f"{opened.root}/" if opened.root else ""))
    return ProofReport(application, kind, tuple(found))


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
