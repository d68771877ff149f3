"""A file of a repository, as a reader of one kind sees it."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.model.image_use import SkippedUse
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.span import Span

_MAX_SHOWN = 300


class Repofile:
    """Path and text of a file, and what is known beside it.

    Args:
        path: where it stands in the repository, `/` between folders.
        text: the whole file; a byte order mark and carriage returns are kept.
        kind: name of the file kind that reads it.
        variables: values of variables that the file uses but does not set.
    """

    def __init__(self, path: str, text: str, kind: str, variables: Mapping[str, str]) -> None:
        self.path = path
        self.text = text
        self.kind = kind
        self.variables = variables

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        position = self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def line(self, offset: int) -> int:
        """Give the line, from 1, of a character."""
        return bisect_right(self._line_starts, offset)

    def skipped(self, reason: str) -> Skipped:
        """Say that the file, or a part of it, could not be read."""
        return Skipped(self.path, reason.removeprefix(f"{self.path}: "))

    def skipped_use(self, what: str, span: Span, reason: str, role: str = "image") -> SkippedUse:
        """Say that a value names an image in a way that can't be read."""
        return SkippedUse(what[:_MAX_SHOWN], reason, role, self.line(span.start), span)
