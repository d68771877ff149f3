"""GitHub-flavoured Markdown, for comments on pull requests: bounded, the rest is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting import proof_words as words
from bedplate.reporting.markdown_text import markdown_rows, markdown_table, markdown_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.verdict import BaseProofs, ProofReport
    from bedplate.reporting.look import Look

NAME = "markdown"
_MOST_ROWS = 100
_LONGEST = 300  # characters of a cell


def write(report: ProofReport, look: Look) -> str:
    """Write the matrix, then the reasons of each base."""
    lines = [f"## {markdown_text(report.application)}", ""]
    rows = words.matrix(report, everything=look.packages)
    titles = ("", *(markdown_text(base.base) for base in report.bases))
    cells = [(path, *(str(one or words.ABSENT) for one in row)) for path, row in rows[:_MOST_ROWS]]
    cells.append(("all", *(str(base.outcome or words.ABSENT) for base in report.bases)))
    lines += markdown_table(titles, markdown_rows(cells))
    if len(rows) > _MOST_ROWS:
        lines += (f"and {len(rows) - _MOST_ROWS} more", "")
    for base in report.bases:
        lines += _base(base)
    lines += (f"> {markdown_text(note)}\n" for note in report.notes)
    return "\n".join(lines).rstrip("\n") + "\n"


def _base(base: BaseProofs) -> Iterator[str]:
    yield f"### {markdown_text(base.base)}"
    yield ""
    yield markdown_text(f"{words.facts_of(base)}: {words.counts(base)}")
    yield ""
    proofs = words.told(base)
    rows = [
        (proof.path, str(proof.outcome), proof.reason[:_LONGEST], proof.fix[:_LONGEST])
        for proof in proofs[:_MOST_ROWS]
    ]
    if rows:
        yield from markdown_table(("file", "verdict", "why", "fix"), markdown_rows(rows))
    if len(proofs) > len(rows):
        yield f"and {len(proofs) - len(rows)} more"
        yield ""
    for note in base.notes:
        yield f"> {markdown_text(note)}"
        yield ""
    skipped = [(item.what, item.reason) for item in base.skipped[:_MOST_ROWS]]
    if skipped:
        yield from markdown_table(("not examined", "reason"), markdown_rows(skipped))
