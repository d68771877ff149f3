"""Files of a base that layers of the application replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.file_entry import FileKind
from bedplate.model.rebase_report import Concern
from bedplate.rebasing.situation import SHOWN, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.model.tree import Tree
    from bedplate.rebasing.situation import Situation

NAME = "replaced-files"


def find(situation: Situation) -> Iterator[Concern]:
    """Find files that were made out of those of the old base, and files new in the new base."""
    paths = sorted({path for _, path in situation.files()})
    changed = [path for path in paths if _is_file(situation.before, path)]
    if changed:
        yield _concern(changed, "of the old base replaced; they stay as they were changed there")
    covered = [
        path
        for path in paths
        if _is_file(situation.after, path) and situation.before.get(path) is None
    ]
    if covered:
        yield _concern(covered, "that only the new base has, hidden by the application's")


def _concern(paths: Sequence[str], words: str) -> Concern:
    return Concern(
        NAME,
        blocks=False,
        message=f"{counted(len(paths), 'file')} {words}",
        paths=tuple(paths[:SHOWN]),
    )


def _is_file(tree: Tree, path: str) -> bool:
    entry = tree.get(path)
    return entry is not None and entry.kind is not FileKind.DIRECTORY
