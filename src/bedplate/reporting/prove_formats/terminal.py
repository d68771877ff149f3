"""A terminal: files by bases, then why, base by base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bedplate.model.verdict import Outcome
from bedplate.reporting import proof_words as words
from bedplate.reporting.drawing import QUIET, WARNING, broken, draw, grid, heading, notes, pairs
from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from bedplate.model.verdict import BaseProofs, Proof, ProofReport
    from bedplate.reporting.look import Look

NAME = "terminal"
_STYLES = {
    Outcome.LOADS: "green",
    Outcome.UNSUPPORTED: "yellow",
    Outcome.UNKNOWN: "magenta",
    Outcome.RISK: "yellow",
    Outcome.FAILS: WARNING,
}
_MOST_ROWS = 200
_MOST_REASONS = 50


def write(report: ProofReport, look: Look) -> str:
    """Write the matrix, then the reasons of each base."""
    return draw(_parts(report, look), look)


def _parts(report: ProofReport, look: Look) -> Iterator[RenderableType]:
    yield Text(f"{harmless(report.application)} ({report.kind})")
    rows = words.matrix(report, everything=look.packages)
    width = max(look.width // 2, 20)
    cells: list[list[str | Text]] = [
        [broken(harmless(path), width), *map(_verdict, outcomes)]
        for path, outcomes in rows[:_MOST_ROWS]
    ]
    cells.append([Text("all", QUIET), *(_verdict(base.outcome) for base in report.bases)])
    yield Text("")
    yield grid(["", *(broken(harmless(base.base), 24) for base in report.bases)], cells)
    if len(rows) > _MOST_ROWS:
        yield Text(f"  and {len(rows) - _MOST_ROWS} more", QUIET)
    for base in report.bases:
        yield from _base(base)
    yield from notes(("note", harmless(note)) for note in report.notes)


def _verdict(outcome: Outcome | None) -> Text:
    return Text(str(outcome), _STYLES[outcome]) if outcome else Text(words.ABSENT, QUIET)


def _base(base: BaseProofs) -> Iterator[RenderableType]:
    yield heading(harmless(base.base))
    yield Text(f"  {words.facts_of(base)}", QUIET)
    yield Text(f"  {words.counts(base)}", QUIET)
    proofs = words.told(base)
    for proof in proofs[:_MOST_REASONS]:
        yield from _reasons(proof)
    if len(proofs) > _MOST_REASONS:
        yield Text(f"  and {len(proofs) - _MOST_REASONS} more", QUIET)
    yield from notes(("note", harmless(note)) for note in base.notes)
    yield from notes((harmless(item.what), harmless(item.reason)) for item in base.skipped[:50])


def _reasons(proof: Proof) -> Iterator[RenderableType]:
    yield Text("")
    yield Text("  ").append_text(_verdict(proof.outcome)).append(f"  {harmless(proof.path)}")
    yield pairs(words.reasons(proof), indent=4)
