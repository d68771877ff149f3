"""Find and read the files that pins are for, and put their new texts in place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BadInput, BedplateError
from bedplate.flows.text_files import open_files
from bedplate.model.image_use import ImageUse, SkippedUse
from bedplate.model.skipped import Skipped
from bedplate.repofiles import images
from bedplate.repofiles.reading import kind_of
from bedplate.updating.edited_file import read_edited
from bedplate.updating.lockfile import FILE_NAME
from bedplate.updating.pin_file import NamedImages

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.model.pin import ChangedFile
    from bedplate.updating.edited_file import EditedFile


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
    read: list[NamedImages] = []
    skipped: list[Skipped] = []
    for opened in open_files(folder, paths):
        if isinstance(opened, Skipped):
            skipped.append(opened)
            continue
        file = opened.file
        try:
            found = _images(opened.path, file, explicit=opened.asked)
        except BadInput as error:
            if opened.asked:
                raise
            skipped.append(Skipped(file.path, error.message.removeprefix(f"{file.path}: ")))
            continue
        skipped += (one for one in found if not isinstance(one, ImageUse | SkippedUse))
        uses = tuple(one for one in found if isinstance(one, ImageUse | SkippedUse))
        if uses:
            read.append(NamedImages(file, uses))
    return tuple(read), tuple(skipped)


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
