"""The hazards, in the order in which they are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.rebasing.hazards import (
    accounts,
    deletions,
    folders_over_links,
    package_database,
    replaced_files,
    start,
)

if TYPE_CHECKING:
    from bedplate.rebasing.hazard import Hazard

HAZARDS: tuple[Hazard, ...] = (
    package_database,
    folders_over_links,
    accounts,
    start,
    replaced_files,
    deletions,
)
