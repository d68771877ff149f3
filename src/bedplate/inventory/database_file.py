"""The file of a package database: its bytes, or why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.file_entry import FileKind
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from bedplate.model.tree import Tree


def read_database(tree: Tree, path: str) -> bytes | Skipped | None:
    """Read a package database.

    Args:
        tree: the file system.
        path: where the database may stand.

    Returns:
        The bytes; a `Skipped` when there is something that was not kept; None when there is
        nothing.
    """
    content = tree.read(path)
    if content is not None:
        return content
    entry = tree.resolve(path)
    if entry is None:
        return None
    if entry.kind not in (FileKind.FILE, FileKind.HARDLINK):
        return Skipped(path, f"a package database can't be a {entry.kind}")
    return Skipped(path, f"{entry.size} bytes are more than bedplate reads of a package database")
