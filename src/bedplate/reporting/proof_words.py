"""What reports of proofs say, in words: matrix and reasons."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome, worst
from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.verdict import BaseProofs, Proof, ProofReport

ABSENT = "-"
_GOOD = frozenset((Outcome.LOADS, Outcome.UNSUPPORTED))


def matrix(report: ProofReport, *, everything: bool) -> list[tuple[str, list[Outcome | None]]]:
    """Give packages, and files that are in none, by base, the worst first.

    Args:
        report: what was proved.
        everything: also what loads on every base.

    Returns:
        name and one outcome a base, the worst one; None where nothing of it was judged.
    """
    columns = [_by_subject(base) for base in report.bases]
    names = dict.fromkeys(name for column in columns for name in column)
    rows = [(name, [worst(column.get(name, ())) for column in columns]) for name in names]
    if not everything:
        rows = [row for row in rows if any(one and one not in _GOOD for one in row[1])]
    return sorted(rows, key=lambda row: (-_rank(row[1]), row[0]))


def _by_subject(base: BaseProofs) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for proof in base.proofs:
        found.setdefault(proof.package or proof.path, []).append(proof.outcome)
    return found


def _rank(outcomes: Iterable[Outcome | None]) -> int:
    found = worst(one for one in outcomes if one)
    return found.rank if found else -1


def told(base: BaseProofs) -> list[Proof]:
    """Give the proofs that need words: all that do not simply load, the worst first."""
    found = [proof for proof in base.proofs if proof.outcome not in _GOOD]
    return sorted(found, key=lambda one: (-one.outcome.rank, one.path))


def facts_of(base: BaseProofs) -> str:
    """Describe a base in one line: C library, programs, how it is known."""
    parts = [base.libc or "no C library", *base.programs, f"known from {base.known_from}"]
    return ", ".join(harmless(part) for part in parts)


def counts(base: BaseProofs) -> str:
    """Count verdicts in one line."""
    found = Counter(proof.outcome for proof in base.proofs)
    parts = [f"{found[outcome]} {outcome}" for outcome in reversed(Outcome) if found[outcome]]
    parts += [f"{base.foreign} for other platforms"] if base.foreign else []
    parts += [f"{base.passed_over} not taken here"] if base.passed_over else []
    return ", ".join(parts) or "nothing to judge"


def reasons(proof: Proof) -> Iterator[tuple[str, str]]:
    """Give label and text of each line about a proof, after its path and verdict."""
    yield "why", harmless(proof.reason)
    if proof.package:
        yield "package", harmless(proof.package)
    if proof.requested_by:
        yield "asked for by", harmless(proof.requested_by)
    if proof.provided_by:
        yield "comes with", ", ".join(harmless(name) for name in proof.provided_by)
    if proof.fix:
        yield "fix", harmless(proof.fix)
    for item in proof.evidence:
        yield "shown by", harmless(item)
