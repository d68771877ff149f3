"""Write what was proved in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.prove_formats import PROVE_FORMATS

if TYPE_CHECKING:
    from bedplate.model.verdict import ProofReport
    from bedplate.reporting.look import Look


def render_proof(report: ProofReport, format_name: str, look: Look) -> str:
    """Write a report of proofs down.

    Args:
        report: what to tell.
        format_name: NAME of an entry of `PROVE_FORMATS`.
        look: width, colours, characters; `packages` lists what loads too.
    """
    entry = next(entry for entry in PROVE_FORMATS if format_name == entry.NAME)
    return entry.write(report, look)
