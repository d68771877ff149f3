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
UNKNOWN = 50.0  # the mark of what is not known of any candidate
_HALF = 100_000_000  # bytes of a download that get half of the marks
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
_AS_TODAY = 90.0
_OTHER_LIBC, _NO_SHELL, _DOUBT, _RENAMED = 10.0, 5.0, 10.0, 5.0


def score(
    candidate: Candidate,
    remarks: Sequence[Remark],
    *,
    security: float,
    libc: str,
    preference: Preference,
) -> Score:
    """Mark a candidate.

    Args:
        candidate: the image.
        remarks: on it.
        security: its mark, of `security_marks`.
        libc: of today's image.
        preference: what weighs most.
    """
    marks = (_size(candidate), security, _compatibility(candidate, remarks, libc))
    weights = WEIGHTS[preference]
    total = sum(mark * weight for mark, weight in zip(marks, weights, strict=True))
    rounded = [round(mark, 1) for mark in marks]
    return Score(rounded[0], rounded[1], rounded[2], round(total, 1))


def security_marks(candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """Mark each candidate by known vulnerabilities, support and account.

    What is not known of the image with everything counts as the worst that is known, as the
    others hold a part of the same; what is not known of another counts as the mean.
    """
    known = [_security(one) for one in candidates if one.vulnerabilities is not None]
    mean = sum(known) / len(known) if known else UNKNOWN
    worst = min(known, default=UNKNOWN)
    return tuple(
        _security(one)
        if one.vulnerabilities is not None
        else (worst if one.family.tools and one.image == one.builder else mean)
        for one in candidates
    )


def _size(candidate: Candidate) -> float:
    """Mark a download: half of all for 100 MB, a fifth for 400 MB."""
    size = candidate.facts.compressed_size if candidate.facts else None
    if size is None:
        # the image with everything is the largest of its repository
        size = 4 * _HALF if candidate.image == candidate.builder else _HALF
    return 100.0 * _HALF / (_HALF + size)


def _security(candidate: Candidate) -> float:
    counts = candidate.vulnerabilities
    burden = sum(
        _VULNERABILITY[count.level] * (count.fixable * _FIXABLE + count.unfixable)
        for count in (counts.vendor if counts else ())
    )
    # the first ones tell more than the hundredth
    mark = 100.0 * 30.0 / (30.0 + burden)
    for end in (candidate.facts.end_of_life or ()) if candidate.facts else ():
        if end.ended:
            mark *= _ENDED_BUT_PATCHED if end.extended else _ENDED
    return mark if candidate.family.user else mark * _ROOT


def _compatibility(candidate: Candidate, remarks: Sequence[Remark], libc: str) -> float:
    family = candidate.family
    crosses = bool(family.libc) and family.libc != libc
    mark = min((_PROOF[proof.outcome] for proof in candidate.proofs), default=100.0)
    if not crosses:
        # what nobody can tell of it is so today
        mark = max(mark, _AS_TODAY)
    else:
        mark -= _OTHER_LIBC
    if not family.shell:
        mark -= _NO_SHELL
    mark -= _DOUBT * sum(one.unsure and one.about != "proof" for one in remarks)
    mark -= _RENAMED * any(one.about == "packages" for one in remarks)
    return max(mark, 0.0)
