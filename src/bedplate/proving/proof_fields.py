"""The fields of a proof that a check may fill in beside outcome and reason."""

from __future__ import annotations

from typing import TypedDict


class ProofFields(TypedDict, total=False):
    """See `model.verdict.Proof`."""

    missing: str
    requested_by: str
    provided_by: tuple[str, ...]
    fix: str
    evidence: tuple[str, ...]
