"""A package manager leaves its cache in the image.

Lists and archives that nothing reads any more make the layer larger.

Fix: clean up in the same RUN, use a flag as `--no-cache`, or put the cache on
`--mount=type=cache`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.package_caches import leftovers
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS = (
    "DL3009",
    "DL3019",
    "DL3032",
    "DL3036",
    "DL3040",
    "DL3042",
    "DL3060",
    "DS-0015",
    "DS-0019",
    "DS-0020",
    "DS-0025",
)
BAD = (
    "FROM debian:12\nRUN apt-get update && apt-get install -y curl=1\n",
    "RUN apk add curl=1\n",
    "RUN pip install flask==3\n",
)
GOOD = (
    "RUN apt-get update && apt-get install -y curl=1 && rm -rf /var/lib/apt/lists/*\n",
    "RUN apk add --no-cache curl=1\n",
    "RUN --mount=type=cache,target=/root/.cache/pip pip install flask==3\n",
    "FROM node:22 AS build\nRUN yarn install\nFROM debian:12\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find commands whose cache stays, once for each package manager of a RUN."""
    for run in file.runs:
        for leftover in leftovers(file, run):
            message = f"the cache of {leftover.command.name} stays in the image"
            span = Span(leftover.command.start, leftover.command.end)
            yield Hit(run.step, message, span, leftover.twins)
