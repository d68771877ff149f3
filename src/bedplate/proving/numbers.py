"""Versions of C libraries and runtimes as numbers."""

from __future__ import annotations


def numbers(version: str, most: int = 3) -> tuple[int, ...]:
    """Read the leading numbers of `2.36`, `1.2.5` or `3.12.1rc1`; empty for no version."""
    found = []
    for part in version.split(".")[:most]:
        digits = part[: next((at for at, c in enumerate(part) if not c.isdecimal()), len(part))]
        if not digits or len(digits) > 9:
            break
        found.append(int(digits))
    return tuple(found)


def older(version: str, than: str) -> bool:
    """Tell whether a version is surely older than another; False when one is not known."""
    left, right = numbers(version), numbers(than)
    return bool(left and right) and left[: len(right)] < right[: len(left)]
