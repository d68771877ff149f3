"""JSON, for programs; every field is described in docs/prove.md. Plain ASCII."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate._version import __version__
from bedplate.reporting.json_text import json_text

if TYPE_CHECKING:
    from bedplate.model.verdict import ProofReport
    from bedplate.reporting.look import Look

NAME = "json"
SCHEMA = "bedplate/prove/1"


def write(report: ProofReport, look: Look) -> str:  # noqa: ARG001 - the contract's
    """Write every proof, also of what loads."""
    import msgspec  # noqa: PLC0415 - lazy: only JSON reports need it

    document = {"schema": SCHEMA, "bedplate": __version__, **msgspec.to_builtins(report)}
    for base, plain in zip(report.bases, document["bases"], strict=True):
        plain["outcome"] = base.outcome
    return json_text(document)
