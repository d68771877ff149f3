"""What could not be examined, and why: a value, shown in every output."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was seen but could not be read.

    Args:
        what: the path, package database, layer or field.
        reason: why, in a few words.
    """

    what: str
    reason: str
