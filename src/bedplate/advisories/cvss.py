"""Base scores of CVSS vectors, of every version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.advisories.cvss4 import base_score_4
from bedplate.advisories.levels import level_of_score
from bedplate.model.rating import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_VECTOR = 400
_THREE = ("CVSS:3.0", "CVSS:3.1")
_FOUR = "CVSS:4.0"
_VERSIONS = (*_THREE, _FOUR)
_CIA_3 = {"H": 0.56, "L": 0.22, "N": 0.0}
_WEIGHTS_3 = {
    "AV": {"N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2},
    "AC": {"L": 0.77, "H": 0.44},
    "PR": {"N": 0.85, "L": 0.62, "H": 0.27},
    "UI": {"N": 0.85, "R": 0.62},
    "C": _CIA_3,
    "I": _CIA_3,
    "A": _CIA_3,
}
_PRIVILEGES_CHANGED = {"N": 0.85, "L": 0.68, "H": 0.5}
_CIA_2 = {"N": 0.0, "P": 0.275, "C": 0.66}
_WEIGHTS_2 = {
    "AV": {"L": 0.395, "A": 0.646, "N": 1.0},
    "AC": {"H": 0.35, "M": 0.61, "L": 0.71},
    "Au": {"M": 0.45, "S": 0.56, "N": 0.704},
    "C": _CIA_2,
    "I": _CIA_2,
    "A": _CIA_2,
}


def rate(source: str, vector: str) -> Rating | None:
    """Make a rating of a vector; None when the text is no vector.

    Args:
        source: who gave the vector.
        vector: `CVSS:3.1/AV:N/...`, or version 2 without a prefix.
    """
    if len(vector) > _MAX_VECTOR or not vector.isascii() or not vector.isprintable():
        return None
    score = base_score(vector)
    return None if score is None else Rating(source, level_of_score(score), score, vector)


def base_score(vector: str) -> float | None:
    """Compute the base score; None when the text is no vector.

    Args:
        vector: with its base metrics, in any order; others are passed over.

    Source: CVSS v3.1, section 7.1; CVSS v2, section 3.2.1; CVSS v4.0, section 8.
    """
    head, _, rest = vector.partition("/")
    body = rest if head in _VERSIONS else vector.strip("()")
    metrics = dict(part.split(":", 1) for part in body.split("/") if ":" in part)
    if head == _FOUR:
        return base_score_4(metrics)
    if head in _THREE:
        weights = _weights(_WEIGHTS_3, metrics)
        return _score_3(weights, metrics) if weights and metrics.get("S") in ("U", "C") else None
    weights = _weights(_WEIGHTS_2, metrics)
    return _score_2(weights) if weights else None


def _weights(
    table: Mapping[str, Mapping[str, float]], metrics: Mapping[str, str]
) -> dict[str, float] | None:
    try:
        return {name: values[metrics[name]] for name, values in table.items()}
    except KeyError:
        return None


def _score_3(weights: dict[str, float], metrics: Mapping[str, str]) -> float:
    changed = metrics["S"] == "C"
    lost = 1 - (1 - weights["C"]) * (1 - weights["I"]) * (1 - weights["A"])
    impact = 6.42 * lost
    if changed:
        impact = 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15
        weights["PR"] = _PRIVILEGES_CHANGED[metrics["PR"]]
    if impact <= 0:
        return 0.0
    ease = 8.22 * weights["AV"] * weights["AC"] * weights["PR"] * weights["UI"]
    total = min(10.0, (1.08 if changed else 1.0) * (impact + ease))
    return _rounded_up(total)


def _score_2(weights: dict[str, float]) -> float:
    impact = 10.41 * (1 - (1 - weights["C"]) * (1 - weights["I"]) * (1 - weights["A"]))
    ease = 20 * weights["AV"] * weights["AC"] * weights["Au"]
    factor = 1.176 if impact > 0 else 0.0
    return round((0.6 * impact + 0.4 * ease - 1.5) * factor + 1e-9, 1)


def _rounded_up(value: float) -> float:
    """Round up to one place, free of the faults of binary fractions.

    Source: CVSS v3.1, appendix A.
    """
    whole = round(value * 100_000)
    return whole / 100_000 if whole % 10_000 == 0 else (whole // 10_000 + 1) / 10
