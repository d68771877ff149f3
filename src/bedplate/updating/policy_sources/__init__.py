"""Where policies are read from; the first file that is there counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.updating.policy_sources import bedplate, dependabot, renovate

if TYPE_CHECKING:
    from bedplate.updating.policy_source import PolicySource

POLICY_SOURCES: tuple[PolicySource, ...] = (bedplate, renovate, dependabot)
