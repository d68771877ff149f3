"""The final stage stands on a full language image or on build tools.

Compilers, headers and package managers are of no use there, and each has its vulnerabilities.

Fix: build in one stage, and copy the result to a slim, alpine or distroless image.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import BUILD_TOOLS, LANGUAGES, guess_stage
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM node:22.11\nCOPY . /app\n",
    "FROM golang:1.26-alpine\nCOPY . /app\n",
)
GOOD = (
    "FROM node:22.11-slim\n",
    "FROM golang:1.26 AS build\nFROM scratch\n",
)

_SMALL = frozenset(("slim", "alpine", "jre", "nanoserver"))


def check(file: LintedFile) -> Iterator[Hit]:
    """Find final stages on full images and build tools."""
    if not file.stages:
        return
    last = len(file.stages) - 1
    base = guess_stage(file, last)
    if base is None or not base.official or base.name not in LANGUAGES | BUILD_TOOLS:
        return
    if base.name in BUILD_TOOLS or _SMALL.isdisjoint(base.words):
        kind = "build tools" if base.name in BUILD_TOOLS else "the full image"
        message = f"the final image holds {kind} of {base.name}"
        yield Hit(file.origin(last), message, file.stages[last].base.span)
