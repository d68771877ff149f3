"""What differs between platforms or packages, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.harmless import harmless
from bedplate.reporting.words import NONE, UNKNOWN, size

if TYPE_CHECKING:
    from bedplate.model.comparison import PackageChange, PlatformDifference


def fact_title(fact: str) -> str:
    """Write the name of a field for people."""
    words = harmless(fact.removeprefix("package "))
    return words if fact.startswith("package ") else words.replace("_", " ")


def platform_cells(item: PlatformDifference) -> list[str]:
    """Write the values of a difference in the order of its platforms."""
    return [_value(item.fact, value) for _, value in item.values]


def _value(fact: str, value: str | int | None) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, int):
        return size(value) if fact.endswith("_size") else str(value)
    return harmless(value) or NONE


def versions(item: PackageChange) -> str:
    """Write the versions before and after: `3.0.15 -> 3.0.17`."""
    sides = (", ".join(item.before), ", ".join(item.after))
    return harmless(" -> ".join(side for side in sides if side))
