"""The moves that a check waits for, as a part of those that the policy of updates allows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.tag_choice import Axis
from bedplate.model.update_policy import UpdateRule

if TYPE_CHECKING:
    from bedplate.flows.outdated import Outlook


def within(outlook: Outlook, axes: frozenset[Axis]) -> Outlook:
    """Leave out all other moves, by a rule above all that files say."""
    rule = UpdateRule({"enabled": False}, axes=frozenset(Axis) - axes)
    settings = outlook.settings
    return replace(outlook, settings=replace(settings, rules=(*settings.rules, rule)))
