"""Find and open the files of a repository that can name images."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput
from bedplate.model.skipped import Skipped
from bedplate.repofiles import find
from bedplate.updating.edited_file import read_edited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bedplate.updating.edited_file import EditedFile


class OpenedFile(NamedTuple):
    """A file that was read.

    Args:
        path: where it was found.
        file: its content, and its name in reports.
        asked: whether the user named the file itself.
    """

    path: Path
    file: EditedFile
    asked: bool


def open_files(
    folder: Path, paths: Sequence[str], wanted: Callable[[str], bool] | None = None
) -> Iterator[OpenedFile | Skipped]:
    """Read every file that can name images, each once however many links lead to it.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.
        wanted: tells by the path whether to read a file that the user did not name.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be read.
    """
    asked = {folder / path for path in paths}
    roots = [os.path.realpath(path) for path in asked or {folder}]
    seen: set[Path] = set()
    for path in find(folder, *paths):
        if isinstance(path, Skipped):
            yield path
            continue
        name = name_of(path, folder)
        is_asked = path in asked
        if wanted is not None and not is_asked and not wanted(name):
            continue
        try:
            file = read_edited(path, name)
            if not any(_is_below(str(file.target), root) for root in roots):
                raise BadInput("a link that leads out of what was asked for")  # noqa: TRY301
        except BadInput as error:
            if is_asked:
                raise
            yield Skipped(name, error.message.removeprefix(f"{name}: "))
            continue
        if file.target not in seen:
            seen.add(file.target)
            yield OpenedFile(path, file, is_asked)


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip("/") + "/")


def name_of(path: Path, folder: Path) -> str:
    """Give a path as reports show it: from a folder, where it is below it."""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()
