"""Find and read the files that pins are for, and put their new texts in place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, BedplateError
from bedplate.model.image_use import ImageUse, SkippedUse
from bedplate.model.skipped import Skipped
from bedplate.repofiles import find, images
from bedplate.repofiles.reading import kind_of
from bedplate.updating.edited_file import EditedFile, read_edited
from bedplate.updating.lockfile import FILE_NAME
from bedplate.updating.pin_file import NamedImages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.model.pin import ChangedFile


def read_named(
    folder: Path, paths: Sequence[str]
) -> tuple[tuple[NamedImages, ...], tuple[Skipped, ...]]:
    """Read every file that names images.

    Args:
        folder: what relative paths start from.
        paths: files and folders; none for the folder itself.

    Returns:
        files, each once however many links lead to it, and what could not be read.

    Raises:
        BadInput: a path that is not there, or a file named here that can't be read.
    """
    asked = {folder / path for path in paths}
    roots = [Path(os.path.realpath(path)) for path in asked or {folder}]
    read: list[NamedImages] = []
    skipped: list[Skipped] = []
    seen: set[Path] = set()
    for path in find(folder, *paths):
        if isinstance(path, Skipped):
            skipped.append(path)
            continue
        target = Path(os.path.realpath(path))
        if target in seen:
            continue
        seen.add(target)
        name = shown(path, folder)
        try:
            if not any(target.is_relative_to(root) for root in roots):
                raise BadInput("a link that leads out of what was asked for")  # noqa: TRY301
            file = read_edited(path, name)
            found = _images(path, file, explicit=path in asked)
        except BadInput as error:
            if path in asked:
                raise
            skipped.append(Skipped(name, error.message.removeprefix(f"{name}: ")))
            continue
        skipped += (one for one in found if not isinstance(one, ImageUse | SkippedUse))
        uses = tuple(one for one in found if isinstance(one, ImageUse | SkippedUse))
        if uses:
            read.append(NamedImages(file, uses))
    return tuple(read), tuple(skipped)


def shown(path: Path, folder: Path) -> str:
    """Give a path as reports show it: from the folder, where it is below it."""
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


def read_lock_file(folder: Path) -> EditedFile | None:
    """Read `bedplate.lock` of a folder; None when there is none.

    Raises:
        BadInput: it can't be read.
    """
    path = folder / FILE_NAME
    return read_edited(path, FILE_NAME) if path.exists() else None


def write_files(files: Iterable[tuple[EditedFile, ChangedFile]]) -> tuple[Skipped, ...]:
    """Put new texts in place, each file whole or not at all.

    Returns:
        files that could not be written, with the reason.
    """
    failed = []
    for file, changed in files:
        try:
            file.write(changed.new)
        except BedplateError as error:
            failed.append(Skipped(file.path, error.message.removeprefix(f"{file.path}: ")))
    return tuple(failed)


def _images(path: Path, file: EditedFile, *, explicit: bool) -> list[ImageUse | Skipped]:
    """Find what a file names.

    Raises:
        BadInput: it is not of the kind that its name promises.
    """
    name = place = file.path
    if explicit and kind_of(name, file.text) is None:
        # a folder above the current one may tell: .github/workflows, .circleci
        place = Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - links are not followed
        if kind_of(place, file.text) is None:
            raise BadInput(f"{name}: not a file that is known to name images")
    try:
        return images(place, file.text)
    except BadInput as error:
        raise BadInput(f"{name}: {error.message.removeprefix(f'{place}: ')}", error.hint) from error
