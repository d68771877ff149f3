"""Candidates -> the advice: which one, why, what it gains, what to try."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advising.remarks import package_moves, remarks_on
from bedplate.advising.scoring import score, security_marks
from bedplate.model.advice import Judgement, Preference, Standing
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.advising.candidate import Candidate
    from bedplate.model.needs import Needs

# a move has its own cost: what is hardly better is left alone
_WORTH_MOVING = 5.0


def judge(
    candidates: Sequence[Candidate],
    needs: Needs,
    cycle: str,
    preference: Preference = Preference.BALANCED,
    *,
    debugging: bool = False,
) -> tuple[Judgement, ...]:
    """Judge and rank candidates.

    Args:
        candidates: each image once.
        needs: of the project.
        cycle: release cycle of the runtime that is wanted; empty for none.
        preference: what weighs most.
        debugging: whether somebody insists on a shell in the container.

    Returns:
        the best first; those that are refused last, in their own order.
    """
    current = next((one for one in candidates if one.current), None)
    # what nobody has tried yet is tried least with musl
    libc = current.family.libc if current else "glibc"
    judged: list[Judgement] = []
    for candidate, security in zip(candidates, security_marks(candidates), strict=True):
        remarks = remarks_on(candidate, needs, cycle, debugging=debugging)
        refused = any(one.refuses for one in remarks)
        marks = score(candidate, remarks, security=security, libc=libc, preference=preference)
        judged.append(
            Judgement(
                candidate.image,
                candidate.family,
                builder=candidate.builder,
                current=candidate.current,
                standing=_standing(candidate, libc, refused=refused),
                score=None if refused else marks,
                remarks=tuple(remarks),
                proofs=candidate.proofs,
                moves=package_moves(candidate, needs),
                facts=candidate.facts,
                vulnerabilities=candidate.vulnerabilities,
                digest=candidate.digest,
                builder_digest=candidate.builder_digest,
            )
        )
    return _ranked(judged)


def _standing(candidate: Candidate, libc: str, *, refused: bool) -> Standing:
    if refused:
        return Standing.REFUSED
    crosses = bool(candidate.family.libc) and candidate.family.libc != libc
    doubtful = crosses and any(one.outcome is Outcome.UNKNOWN for one in candidate.proofs)
    return Standing.UNSURE if doubtful or candidate.facts is None else Standing.FITS


def _ranked(judged: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Order by score, and mark the first one; today's stays first unless another is clearly better.

    What is not known for certain is advised only where nothing else is left.
    """
    fitting = sorted((one for one in judged if not one.refused), key=_order)
    refused = [one for one in judged if one.refused]
    if not fitting:
        return tuple(refused)
    best = fitting[0]
    current = next((one for one in fitting if one.current), None)
    if current is not None and _total(best) < _total(current) + _WORTH_MOVING:
        best = current
    others = [one for one in fitting if one is not best]
    return (replace(best, standing=Standing.ADVISED), *others, *refused)


def _order(one: Judgement) -> tuple[bool, float, bool]:
    # of equal ones, that with a compiler in it is the last
    return one.standing is Standing.UNSURE, -_total(one), one.family.name == "full"


def _total(one: Judgement) -> float:
    return one.score.total if one.score else 0.0
