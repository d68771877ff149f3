"""How good a candidate is: three marks and their weighted mean, as docs/advise.md explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.advice import Preference, Score
from bedplate.model.rating import Level
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.advising.candidate import Candidate
    from bedplate.model.advice import Remark

# size, security, compatibility
WEIGHTS = {
    Preference.BALANCED: (0.3, 0.3, 0.4),
    Preference.SIZE: (0.6, 0.2, 0.2),
    Preference.SECURITY: (0.2, 0.6, 0.2),
    Preference.COMPATIBILITY: (0.15, 0.15, 0.7),
}
UNKNOWN = 50.0  # the mark of what is not known
_VULNERABILITY = {
    Level.CRITICAL: 15.0,
    Level.HIGH: 7.0,
    Level.MEDIUM: 2.0,
    Level.LOW: 0.5,
    Level.NEGLIGIBLE: 0.1,
    Level.UNKNOWN: 1.0,
}
_FIXABLE = 1.5  # a fix that nobody has taken yet weighs more than none at all
# what is left of the mark for security
_ENDED, _ENDED_BUT_PATCHED, _ROOT = 0.5, 0.8, 0.95
_PROOF = {
    Outcome.LOADS: 100.0,
    Outcome.UNSUPPORTED: 50.0,
    Outcome.UNKNOWN: 60.0,
    Outcome.RISK: 20.0,
    Outcome.FAILS: 0.0,
}
_OTHER_LIBC, _NO_SHELL, _DOUBT, _RENAMED = 10.0, 5.0, 10.0, 5.0


def score(
    candidate: Candidate,
    remarks: Sequence[Remark],
    *,
    largest: int | None,
    libc: str,
    preference: Preference,
) -> Score:
    """Mark a candidate.

    Args:
        candidate: the image.
        remarks: on it.
        largest: compressed bytes of the largest candidate; None when no size is known.
        libc: of today's image; empty when there is none.
        preference: what weighs most.
    """
    marks = (
        _size(candidate, largest),
        _security(candidate),
        _compatibility(candidate, remarks, libc),
    )
    weights = WEIGHTS[preference]
    total = sum(mark * weight for mark, weight in zip(marks, weights, strict=True))
    size, security, compatibility = (round(mark, 1) for mark in marks)
    return Score(size, security, compatibility, round(total, 1))


def _size(candidate: Candidate, largest: int | None) -> float:
    size = candidate.facts.compressed_size if candidate.facts else None
    if size is None or not largest:
        return UNKNOWN
    return 100.0 * (1 - size / largest)


def _security(candidate: Candidate) -> float:
    if candidate.vulnerabilities is None:
        mark = UNKNOWN
    else:
        burden = sum(
            _VULNERABILITY[count.level] * (count.fixable * _FIXABLE + count.unfixable)
            for count in candidate.vulnerabilities.vendor
        )
        # the first ones tell more than the hundredth
        mark = 100.0 * 30.0 / (30.0 + burden)
    ends = (candidate.facts.end_of_life or ()) if candidate.facts else ()
    for end in ends:
        if end.ended:
            mark *= _ENDED_BUT_PATCHED if end.extended else _ENDED
    return mark if candidate.family.user else mark * _ROOT


def _compatibility(candidate: Candidate, remarks: Sequence[Remark], libc: str) -> float:
    mark = min((_PROOF[proof.outcome] for proof in candidate.proofs), default=100.0)
    family = candidate.family
    if libc and family.libc and family.libc != libc:
        mark -= _OTHER_LIBC
    if not family.shell:
        mark -= _NO_SHELL
    mark -= _DOUBT * sum(one.unsure and one.about != "proof" for one in remarks)
    mark -= _RENAMED * any(one.about == "packages" for one in remarks)
    return max(mark, 0.0)
