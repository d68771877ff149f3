"""A parsed Dockerfile."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.dockerfile.build import Build
from bedplate.dockerfile.directives import find_syntax
from bedplate.dockerfile.image_uses import find_images
from bedplate.dockerfile.problems import find_problems
from bedplate.dockerfile.stages import split_stages
from bedplate.errors import InvalidDockerfile

if TYPE_CHECKING:
    from bedplate.dockerfile.instruction import Comment, Directive, Instruction, Stage
    from bedplate.dockerfile.problem import Problem
    from bedplate.model.image_use import ImageUse, SkippedUse


class Dockerfile:
    """A parsed Dockerfile; `str()` and `bytes()` give back what was read.

    Args:
        text: the whole source.
        directives: parser directives, in order.
        instructions: all of them, in order.
        comments: comment lines, also those inside of instructions, but not in here-documents.
        warnings: what BuildKit warns of while it parses.
        escape: the character that continues lines and escapes others.
        line_starts: offsets of the first characters of all lines, and the end.
    """

    def __init__(
        self,
        text: str,
        directives: tuple[Directive, ...],
        instructions: tuple[Instruction, ...],
        comments: tuple[Comment, ...],
        warnings: tuple[Problem, ...],
        escape: str,
        line_starts: list[int],
    ) -> None:
        self.text = text
        self.directives = directives
        self.instructions = instructions
        self.comments = comments
        self.warnings = warnings
        self.escape = escape
        self._line_starts = line_starts

    def __str__(self) -> str:
        return self.text

    def __bytes__(self) -> bytes:
        try:
            return self.text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError as error:
            line, column = self.position(error.start)
            message = f"line {line}, column {column}: a character that UTF-8 does not know"
            raise InvalidDockerfile(message, line=line, column=column) from error

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The build stages, in order; none in a fragment without FROM."""
        return split_stages(self.instructions)

    @cached_property
    def syntax(self) -> Directive | None:
        """The image that reads the file, wherever BuildKit finds it."""
        return find_syntax(self.text)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What BuildKit can parse but will not build, and its warnings, in order of lines."""
        found = [*find_problems(self.instructions), *self.warnings]
        return tuple(sorted(found, key=lambda problem: problem.line))

    def images(self, build: Build | None = None) -> tuple[ImageUse | SkippedUse, ...]:
        """Give every image that the file takes from outside, in order.

        Stage names, `scratch` and named build contexts are no images.

        Args:
            build: target, build arguments, platforms and contexts; the file's own defaults when
                it is left out.

        Raises:
            InvalidDockerfile: the build asks for a stage that is not there.
        """
        return find_images(self, build or Build())

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column of a character, both from 1."""
        line = bisect_right(self._line_starts, offset, hi=len(self._line_starts) - 1)
        return line, offset - self._line_starts[line - 1] + 1
