"""Find and open the files of a repository that can name images."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput
from bedplate.model.skipped import Skipped
from bedplate.repofiles import find
from bedplate.updating.edited_file import EditedFile, read_edited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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


def open_files(folder: Path, paths: Sequence[str]) -> Iterator[OpenedFile | Skipped]:
    """Read every file that can name images, each once however many links lead to it.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be read.
    """
    asked = {folder / path for path in paths}
    roots = [Path(os.path.realpath(path)) for path in asked or {folder}]
    seen: set[str] = set()
    for path in find(folder, *paths):
        if isinstance(path, Skipped):
            yield path
            continue
        target = os.path.realpath(path)
        if target in seen:
            continue
        seen.add(target)
        name = name_of(path, folder)
        try:
            if not any(Path(target).is_relative_to(root) for root in roots):
                raise BadInput("a link that leads out of what was asked for")  # noqa: TRY301
            file = read_edited(path, name)
        except BadInput as error:
            if path in asked:
                raise
            yield Skipped(name, error.message.removeprefix(f"{name}: "))
            continue
        yield OpenedFile(path, file, path in asked)


def name_of(path: Path, folder: Path) -> str:
    """Give a path as reports show it: from a folder, where it is below it."""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()
