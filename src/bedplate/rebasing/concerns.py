"""Asks every hazard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.rebasing.hazards import HAZARDS

if TYPE_CHECKING:
    from bedplate.model.rebase_report import Concern
    from bedplate.rebasing.situation import Situation


def concerns(situation: Situation) -> tuple[Concern, ...]:
    """List what speaks against putting an image onto another base, the grave things first."""
    found = [concern for hazard in HAZARDS for concern in hazard.find(situation)]
    return tuple(sorted(found, key=lambda concern: not concern.blocks))
