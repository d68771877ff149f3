"""Which folder each Dockerfile is built with, and what is kept out of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.flows.text_files import name_of
from bedplate.model.skipped import Skipped
from bedplate.model.want import compile_glob
from bedplate.repofiles import placed_builds
from bedplate.updating.edited_file import read_edited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MAX_IGNORED = 256 * 1024


class BuildContexts:
    """The build contexts of a run.

    Args:
        folder: what relative paths start from.
        asked: the context of every Dockerfile, when the user names one.
        configured: pairs of a glob of Dockerfiles and their context; absolute, or from `folder`.
        texts: files that may describe builds, by path.
        skipped: where to say which ignore file can't be read.

    Raises:
        BadInput: the context that the user names is not there.
    """

    def __init__(
        self,
        folder: Path,
        asked: str,
        configured: Iterable[tuple[str, str]],
        texts: Mapping[str, str],
        skipped: list[Skipped],
    ) -> None:
        self._folder, self._skipped = folder, skipped
        self._asked = folder / asked if asked else None
        if self._asked is not None and not self._asked.is_dir():
            raise BadInput(f"{asked}: no such folder", "--context names the build context")
        self._configured = [
            (compile_glob((folder / glob).as_posix()), folder / context)
            for glob, context in configured
        ]
        self._described = _described(texts)
        self._read: dict[Path, str | None] = {}

    def dockerignore(self, path: Path) -> str | None:
        """Read what BuildKit reads for a Dockerfile: the file of its name, else its context's.

        Returns:
            None when there is none, when it can't be read, and for a Dockerfile that is built
            with several contexts.
        """
        own = path.with_name(f"{path.name}.dockerignore")
        if own.is_file():
            return self._text(own)
        context = self._context(path)
        return self._of_context(context) if context is not None else None

    def of_folder(self, context: str | None) -> str | None:
        """Read the .dockerignore of a folder; None when it is not known."""
        return None if context is None else self._of_context(self._folder / context)

    def _of_context(self, context: Path) -> str | None:
        place = context / ".dockerignore"
        return self._text(place) if place.is_file() else None

    def _context(self, path: Path) -> Path | None:
        if self._asked is not None:
            return self._asked
        for glob, folder in self._configured:
            if glob.fullmatch(Path(os.path.abspath(path)).as_posix()):  # noqa: PTH100 - links stay
                return folder
        described = self._described.get(name_of(path, self._folder), set())
        if len(described) > 1:
            return None
        return self._folder / next(iter(described)) if described else path.parent

    def _text(self, place: Path) -> str | None:
        """Read an ignore file; one that can't be read is told once."""
        if place not in self._read:
            name = name_of(place, self._folder)
            self._read[place] = None
            try:
                text = read_edited(place, name).text
            except BadInput as error:
                reason = error.message.removeprefix(f"{name}: ")
                self._skipped.append(Skipped(name, reason))
            else:
                if len(text) > _MAX_IGNORED:
                    self._skipped.append(Skipped(name, f"larger than {_MAX_IGNORED} bytes"))
                else:
                    self._read[place] = text
        return self._read[place]


def _described(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Give the contexts that files say, by Dockerfile."""
    found: dict[str, set[str]] = {}
    for path, text in texts.items():
        try:
            builds = placed_builds(path, text)
        except BadInput:  # it is told where images or inline Dockerfiles are read
            continue
        for build in builds:
            found.setdefault(build.dockerfile, set()).add(build.context)
    return found
