"""What of a policy another tool's file can't say."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from bedplate.model.update_policy import UpdatePolicy

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bedplate.model.update_policy import UpdateRule


def untold(
    policy: UpdatePolicy, said: Collection[str], left_out: Sequence[UpdateRule], place: str
) -> tuple[str, ...]:
    """Name the settings that were changed and are not in a file, and the rules that are not.

    Args:
        policy: of updates.
        said: fields of it that the file says.
        left_out: rules that it does not say.
        place: of the file.
    """
    usual = UpdatePolicy()
    names = [
        field.name.replace("_", "-")
        for field in fields(policy)
        if field.name not in said and getattr(policy, field.name) != getattr(usual, field.name)
    ]
    notes = [f"{place} can't say: {', '.join(names)}"] if names else []
    if left_out:
        count = len(left_out)
        notes.append(f"{place} does not say {count} {'rule' if count == 1 else 'rules'}")
    return tuple(notes)
