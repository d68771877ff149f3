"""Base scores of CVSS 4.0 vectors.

Every vector falls into a class (a macro vector) with a score for its gravest member; a vector is
as far below that as it is steps away from it, in parts of the way to the next class.

Source: CVSS v4.0 specification, section 8, with threat metrics and requirements at their defaults.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# metric -> values, gravest first; the number of a value is its distance in steps
_STEPS = {
    "AV": "NALP",
    "PR": "NLH",
    "UI": "NPA",
    "AC": "LH",
    "AT": "NP",
    "VC": "HLN",
    "VI": "HLN",
    "VA": "HLN",
    "SC": "HLN",
    "SI": "HLN",
    "SA": "HLN",
}
# gravest vectors of the classes of exploitability, complexity, impact and impact elsewhere
_EXPLOITABILITY = (
    (("N", "N", "N"),),
    (("A", "N", "N"), ("N", "L", "N"), ("N", "N", "P")),
    (
        ("P", "N", "N"),
        ("A", "L", "P"),
    ),
)
_COMPLEXITY = (("L", "N"),), (("H", "N"), ("L", "P"))
_IMPACT = (("H", "H", "H"),), (("L", "H", "H"), ("H", "L", "H")), (("L", "L", "L"),)
_ELSEWHERE = {1: (("H", "H", "H"),), 2: (("L", "L", "L"),)}
# steps within a class, see table 24 of the specification
_DEPTH_EXPLOITABILITY = (1, 4, 5)
_DEPTH_COMPLEXITY = (1, 2)
_DEPTH_IMPACT = (7, 8, 10)
_DEPTH_ELSEWHERE = {1: 5, 2: 4}
# exploitability, complexity, impact, requirements -> the scores for high impact elsewhere, with
# the gravest threat and the next; then the same for low impact elsewhere
_SCORES = {
    "0000": (10.0, 9.3, 9.3, 8.9),
    "0001": (9.6, 8.7, 9.0, 8.0),
    "0010": (9.3, 8.9, 8.8, 7.8),
    "0011": (9.2, 8.1, 8.0, 7.0),
    "0021": (7.9, 6.9, 6.9, 5.5),
    "0100": (9.5, 9.0, 9.2, 8.2),
    "0101": (9.1, 8.3, 8.1, 7.1),
    "0110": (9.2, 8.0, 8.4, 7.1),
    "0111": (8.2, 7.2, 7.0, 5.2),
    "0121": (7.1, 5.2, 6.3, 2.9),
    "1000": (9.4, 8.6, 8.7, 7.4),
    "1001": (8.9, 7.4, 7.5, 6.3),
    "1010": (8.6, 7.4, 7.2, 5.7),
    "1011": (7.6, 5.8, 5.7, 5.2),
    "1021": (6.5, 5.8, 5.3, 2.1),
    "1100": (9.0, 7.5, 7.7, 6.8),
    "1101": (7.7, 6.2, 6.6, 5.9),
    "1110": (7.4, 5.7, 6.1, 5.7),
    "1111": (5.9, 5.7, 5.2, 2.9),
    "1121": (5.8, 2.6, 2.3, 1.3),
    "2000": (8.6, 7.4, 7.0, 5.2),
    "2001": (7.4, 6.1, 5.4, 4.0),
    "2010": (7.2, 5.5, 5.3, 3.4),
    "2011": (5.7, 4.1, 3.6, 1.9),
    "2021": (4.7, 2.1, 2.4, 0.9),
    "2100": (7.3, 5.9, 5.4, 4.5),
    "2101": (5.5, 4.0, 4.3, 2.2),
    "2110": (6.1, 4.8, 4.6, 1.7),
    "2111": (5.1, 1.8, 1.8, 0.7),
    "2121": (2.4, 1.2, 1.0, 0.3),
}


def base_score_4(metrics: Mapping[str, str]) -> float | None:
    """Compute the base score; None when a base metric is missing or has no such value.

    Args:
        metrics: of the vector; those that are not base metrics are passed over.
    """
    if any(metrics.get(name, "") not in list(values) for name, values in _STEPS.items()):
        return None
    if all(metrics[name] == "N" for name in ("VC", "VI", "VA", "SC", "SI", "SA")):
        return 0.0
    classes = _classes(metrics)
    score = _score(*classes)
    exploitability, complexity, impact, elsewhere = classes
    ways = (
        _way(
            _lower(score, exploitability < 2, (exploitability + 1, complexity, impact, elsewhere)),
            _distance(metrics, ("AV", "PR", "UI"), _EXPLOITABILITY[exploitability]),
            _DEPTH_EXPLOITABILITY[exploitability],
        ),
        _way(
            _lower(score, complexity < 1, (exploitability, complexity + 1, impact, elsewhere)),
            _distance(metrics, ("AC", "AT"), _COMPLEXITY[complexity]),
            _DEPTH_COMPLEXITY[complexity],
        ),
        _way(
            _lower_impact(score, classes),
            _distance(metrics, ("VC", "VI", "VA"), _IMPACT[impact]),
            _DEPTH_IMPACT[impact],
        ),
        _way(
            _lower(score, elsewhere < 2, (exploitability, complexity, impact, elsewhere + 1)),
            _distance(metrics, ("SC", "SI", "SA"), _ELSEWHERE[elsewhere]),
            _DEPTH_ELSEWHERE[elsewhere],
        ),
        0.0,  # the threat is at its gravest, and there is a class below
    )
    known = [way for way in ways if way is not None]
    return _rounded(max(0.0, min(10.0, score - sum(known) / len(known))))


def _classes(metrics: Mapping[str, str]) -> tuple[int, int, int, int]:
    """Give the class of exploitability, complexity, impact, and impact elsewhere."""
    open_ = [metrics[name] == "N" for name in ("AV", "PR", "UI")]
    exploitability = 2
    if all(open_):
        exploitability = 0
    elif any(open_) and metrics["AV"] != "P":
        exploitability = 1
    complexity = 0 if (metrics["AC"], metrics["AT"]) == ("L", "N") else 1
    high = [metrics[name] == "H" for name in ("VC", "VI", "VA")]
    impact = 0 if high[0] and high[1] else 1 if any(high) else 2
    elsewhere = 1 if "H" in (metrics["SC"], metrics["SI"], metrics["SA"]) else 2
    return exploitability, complexity, impact, elsewhere


def _score(
    exploitability: int,
    complexity: int,
    impact: int,
    elsewhere: int,
    requirements: int | None = None,
) -> float:
    """Give the score of a class; requirements are at their gravest unless impact has no high."""
    if requirements is None:
        requirements = 1 if impact == 2 else 0
    scores = _SCORES[f"{exploitability}{complexity}{impact}{requirements}"]
    return scores[2 * (elsewhere - 1)]


def _lower(score: float, there: bool, classes: tuple[int, int, int, int]) -> float | None:  # noqa: FBT001
    """Give the way down to the next class, None when there is none."""
    return score - _score(*classes) if there else None


def _lower_impact(score: float, classes: tuple[int, int, int, int]) -> float | None:
    """Give the way down where impact and requirements make one class: the shorter of two."""
    exploitability, complexity, impact, elsewhere = classes
    if impact == 2:
        return None
    below = [_score(exploitability, complexity, impact, elsewhere, 1)]
    if impact == 0:
        below.append(_score(exploitability, complexity, 1, elsewhere, 0))
    return score - max(below)


def _distance(
    metrics: Mapping[str, str], names: tuple[str, ...], gravest: tuple[tuple[str, ...], ...]
) -> int:
    """Count the steps from the first of the gravest vectors that is not below this one."""
    here = [_STEPS[name].index(metrics[name]) for name in names]
    for vector in gravest:
        there = [_STEPS[name].index(value) for name, value in zip(names, vector, strict=True)]
        steps = [mine - other for mine, other in zip(here, there, strict=True)]
        if min(steps) >= 0:
            return sum(steps)
    return 0


def _way(available: float | None, steps: int, depth: int) -> float | None:
    return None if available is None else available * steps / depth


def _rounded(value: float) -> float:
    """Round half up to one place, free of the faults of binary fractions."""
    return math.floor(value * 10 + 0.5 + 1e-6) / 10
