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
    opaque = {folder for layer in situation.app for folder in layer.opaque}
    below = _below(situation, opaque) if opaque else []
    if below:
        yield Concern(
            NAME,
            blocks=False,
            message=f"{counted(len(below), 'path')} that only the new base has hidden by opaque "
            "folders of the application",
            paths=tuple(below[:SHOWN]),
        )


def _below(situation: Situation, folders: set[str]) -> list[str]:
    """List what only the new base has below some folders."""
    found = (entry.path for entry in situation.after.entries() if _is_in(entry.path, folders))
    return sorted(path for path in found if situation.before.get(path) is None)


def _is_in(path: str, folders: set[str]) -> bool:
    while path:
        path = path.rpartition("/")[0]
        if path in folders:
            return True
    return False
