"""The files of a project that tell what it needs, as they were read from its folder."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.dockerfile import parse
from bedplate.errors import BedplateError
from bedplate.linting.linted_file import LintedFile
from bedplate.linting.settings import LintSettings
from bedplate.model.needs import Evidence

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

_MAX_SHOWN = 120  # characters of a line in evidence


class ProjectFiles:
    """Contents by path, those near the root first.

    Args:
        contents: by path from the root of the project, `/` between folders.
        dockerfile: path of the Dockerfile; empty when there is none.
        programs: compiled programs by path.
    """

    def __init__(
        self,
        contents: Mapping[str, bytes],
        dockerfile: str = "",
        programs: Mapping[str, bytes] | None = None,
    ) -> None:
        paths = sorted(contents, key=lambda path: (path.count("/"), path))
        self.contents = {path: contents[path] for path in paths}
        self.dockerfile = dockerfile
        self.programs = programs or {}

    def has(self, *paths: str) -> bool:
        """Tell whether one of the files is there."""
        return any(path in self.contents for path in paths)

    def first(self, *paths: str) -> str:
        """Give the first of the files that is there; empty when none is."""
        return next((path for path in paths if path in self.contents), "")

    def text(self, path: str) -> str:
        """Give the text of a file, undecodable bytes replaced; empty when it is not there."""
        return self.contents.get(path, b"").decode("utf-8-sig", "replace")

    def named(self, *globs: str) -> Iterator[str]:
        """List the files whose last part matches one of the globs."""
        for path in self.contents:
            name = path.rpartition("/")[2]
            if any(fnmatchcase(name, glob) for glob in globs):
                yield path

    def find(self, path: str, pattern: re.Pattern[str]) -> Evidence | None:
        """Give the first line of a file in which a pattern is found."""
        text = self.text(path)
        match = pattern.search(text)
        if match is None:
            return None
        line = text.count("\n", 0, match.start()) + 1
        start = text.rfind("\n", 0, match.start()) + 1
        stop = text.find("\n", match.start())
        shown = text[start : len(text) if stop < 0 else stop].strip()
        return Evidence(path, line, shown[:_MAX_SHOWN])

    @cached_property
    def linted(self) -> LintedFile | None:
        """The Dockerfile as lint rules see it; None without one, or when it can't be parsed."""
        if not self.dockerfile:
            return None
        text = self.contents[self.dockerfile].decode("utf-8", "surrogateescape")
        try:
            return LintedFile(parse(text), text, LintSettings())
        except BedplateError:
            return None
