"""Find the files below a folder that can name images; what Git ignores is left out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.skipped import Skipped
from bedplate.repofiles.ignored import Ignored
from bedplate.repofiles.reading import can_name_images

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER = frozenset((".git", ".hg", ".svn", ".jj"))
_MAX_DEPTH = 100


def find(root: str | Path, *paths: str | Path) -> Iterator[Path | Skipped]:
    """Walk a repository.

    Only names are looked at; whether a YAML file names images is told by `images`. Folders
    that Git ignores are not entered, symbolic links to folders are not followed.

    Args:
        root: the repository, or a folder of it; `.gitignore` counts from here downwards.
        paths: files and folders below it to begin at, else all of it. A file that is named
            here is given even if it is ignored or has an unusual name.

    Yields:
        Paths in a stable order, each once; folders that could not be read, with the reason.

    Raises:
        BadInput: there is no such file or folder, or it is a device or a pipe.
    """
    base = Path(root)
    seen: set[Path] = set()
    for start in [base / one for one in paths] or [base]:
        if start.is_file():
            found: Iterator[Path | Skipped] = iter((start,))
        elif start.is_dir():
            found = _below(base, start)
        elif start.exists():
            raise BadInput(f"{start}: not a regular file")
        else:
            raise BadInput(f"{start}: no such file or folder")
        for one in found:
            if isinstance(one, Skipped):
                yield one
            elif one not in seen:
                seen.add(one)
                yield one


def _below(base: Path, start: Path) -> Iterator[Path | Skipped]:
    inside = start.relative_to(base).as_posix() if start.is_relative_to(base) else "."
    if inside == ".":
        base = start
    ignored = Ignored.none().enter(base, "")
    folder = ""
    for part in Path(inside).parts if inside != "." else ():
        folder = f"{folder}{part}/"
        ignored = ignored.enter(base / folder, folder)
    yield from _walk(os.fspath(base), folder, ignored)


def _walk(base: str, folder: str, ignored: Ignored) -> Iterator[Path | Skipped]:
    stack = [(folder, ignored)]
    while stack:
        folder, ignored = stack.pop()
        place = os.path.join(base, folder)  # noqa: PTH118 - strings: twice as fast on large trees
        try:
            with os.scandir(place) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            yield Skipped(os.path.normpath(place), f"can't be read: {error.strerror}")
            continue
        if any(entry.name == ".gitignore" for entry in entries):
            ignored = ignored.enter(Path(place), folder)
        below: list[tuple[str, Ignored]] = []
        for entry in entries:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False):
                is_deep = path.count("/") >= _MAX_DEPTH
                if entry.name not in _NEVER and not is_deep and not ignored.has(f"{path}/"):
                    below.append((f"{path}/", ignored))
            elif can_name_images(path) and entry.is_file() and not ignored.has(path):
                yield Path(place, entry.name)
        stack.extend(reversed(below))
