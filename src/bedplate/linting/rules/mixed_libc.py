"""COPY --from moves programs between musl and glibc.

A program that was linked against one C library does not start on the other; the message is
`not found`, as if the file were missing.

Fix: build on the same distribution as the final stage, or link statically.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.program_copies import program_copies
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS: tuple[str, ...] = ()
BAD = ("FROM node:22-alpine AS b\nFROM node:22-slim\nCOPY --from=b /node_modules /node_modules\n",)
GOOD = (
    "FROM node:22-slim AS b\nFROM node:22-slim\nCOPY --from=b /node_modules /node_modules\n",
    "FROM node:22-alpine AS b\nFROM nginx:1.29\nCOPY --from=b /app/dist /srv\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find copies of program folders between stages of different C libraries."""
    for copy in program_copies(file):
        if copy.source.libc and copy.target.libc and copy.source.libc != copy.target.libc:
            message = f"programs of {copy.source.libc} go to an image with {copy.target.libc}"
            yield Hit(copy.step, message)
