"""Which release cycle of a runtime a range asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bedplate.facts.end_of_life import lookup
from bedplate.model.needs import WantedVersion

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bedplate.model.needs import Evidence

_MAX_LENGTH = 200
_COMPARATOR = re.compile(r"(<=|>=|===?|!=|~=|~>|[<>^~=]?)\s*v?(\d+(?:\.(?:\d+|[xX*]))*)")
_Numbers = tuple[int, ...]


class _Comparator(NamedTuple):
    sign: str
    numbers: _Numbers


def chosen_cycle(
    text: str, evidence: Evidence, product: str, cycles: Iterable[str], today: date
) -> WantedVersion | None:
    """Choose the cycle for a version or a range.

    One version, or one that a caret or a tilde keeps, is its own cycle. Of an open range the
    newest cycle is taken that is supported, long-term ones before others.

    Args:
        text: `20`, `v20.11.0`, `^20.1`, `>=18 <23`, `>=3.11,<3.14`, `18 || 20`.
        evidence: where it stands.
        product: of the end-of-life table.
        cycles: of that product, the newest first.
        today: against which ends of life are held.
    """
    choices = [_comparators(part) for part in text[:_MAX_LENGTH].split("||")]
    fitting = [
        cycle
        for cycle in cycles
        if any(choice and all(_allows(one, cycle) for one in choice) for choice in choices)
    ]
    if not fitting:
        return None
    if not any(one.sign in (">=", ">", "<", "<=", "!=") for choice in choices for one in choice):
        return WantedVersion(fitting[0], evidence, text.strip()[:_MAX_LENGTH])
    best = min(fitting, key=lambda cycle: _rank(product, cycle, today))
    return WantedVersion(best, evidence, text.strip()[:_MAX_LENGTH])


def _comparators(text: str) -> list[_Comparator]:
    found = []
    for sign, version in _COMPARATOR.findall(text):
        numbers = tuple(int(part[:9]) for part in version.split(".") if part.isdecimal())
        found.append(_Comparator(sign, numbers))
    return found


def _allows(one: _Comparator, cycle: str) -> bool:
    """Tell whether some version of a cycle is allowed."""
    own = tuple(int(part) for part in cycle.split(".") if part.isdecimal())
    size = min(len(own), len(one.numbers))
    mine, other = own[:size], one.numbers[:size]
    if one.sign in (">=", ">"):
        return mine >= other
    if one.sign == "<":
        # `<23` leaves 23 out, `<23.5` does not
        return mine < other or (mine == other and any(one.numbers[len(own) :]))
    if one.sign == "<=":
        return mine <= other
    if one.sign == "!=":
        return own != one.numbers
    if one.sign in ("^", "~=", "~>") and len(one.numbers) > 1:
        return own[:1] == one.numbers[:1] and mine >= other
    return mine == other


def _rank(product: str, cycle: str, today: date) -> tuple[bool, bool]:
    known = lookup(product, cycle, today)
    if known is None:
        return True, True
    return bool(known.ended), known.lts is False
