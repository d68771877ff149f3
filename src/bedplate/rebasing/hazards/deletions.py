"""What layers of the application delete from the base below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.rebase_report import Concern
from bedplate.rebasing.situation import SHOWN, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.rebasing.situation import Situation

NAME = "deletions"


def find(situation: Situation) -> Iterator[Concern]:
    """Find whiteouts that hit the new base, and opaque folders over it."""
    deleted = {path for _, path in situation.deleted()}
    hit = sorted(path for path in deleted if situation.after.get(path) is not None)
    if hit:
        yield Concern(
            NAME,
            blocks=False,
            message=f"{counted(len(hit), 'path')} of the new base deleted, as the application "
            "did on the old one",
            paths=tuple(hit[:SHOWN]),
        )
    for folder in sorted({folder for layer in situation.app for folder in layer.opaque}):
        below = _below(situation, folder)
        if below:
            yield Concern(
                NAME,
                blocks=False,
                message=f"/{folder} is an opaque folder of the application: "
                f"{counted(len(below), 'path')} of the new base hidden that the old base did "
                "not have",
                paths=tuple(below[:SHOWN]),
            )


def _below(situation: Situation, folder: str) -> list[str]:
    """List what only the new base has below a folder."""
    start = f"{folder}/" if folder else ""
    return sorted(
        entry.path
        for entry in situation.after.entries()
        if entry.path.startswith(start) and situation.before.get(entry.path) is None
    )
