"""The final stage stands on a variant that is made for developers.

It has a shell, a package manager or debuggers that production does not need.

Fix: use that variant in a build stage, and the plain one at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess_stage
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM cgr.dev/chainguard/node:latest-dev\n",
    "FROM mcr.microsoft.com/dotnet/sdk:9.0\n",
)
GOOD = (
    "FROM cgr.dev/chainguard/node:latest\n",
    "FROM mcr.microsoft.com/dotnet/sdk:9.0 AS build\nFROM mcr.microsoft.com/dotnet/runtime:9.0\n",
)

_WORDS = frozenset(("dev", "devel", "debug", "sdk"))


def check(file: LintedFile) -> Iterator[Hit]:
    """Find final stages whose tag or name says dev, debug or sdk."""
    if not file.stages:
        return
    last = len(file.stages) - 1
    base = guess_stage(file, last)
    if base is not None and (not _WORDS.isdisjoint(base.words) or base.name == "sdk"):
        message = f"the final image is made for developers: {base.name}:{base.tag}"
        yield Hit(file.origin(last), message, file.stages[last].base.span)
