"""COPY takes a file that .dockerignore keeps out of the build context.

What is ignored is not there: the build fails, though the file lies in the folder. The rule reads
`<name of the Dockerfile>.dockerignore` beside the Dockerfile, else `.dockerignore` in its folder;
without either it is silent. The example is for a .dockerignore with the line `*.log`.

Fix: except the file in .dockerignore by a line `!path`, or do not copy it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.WARNING
TWINS = ("CopyIgnoredFile",)
DOCKERIGNORE = "*.log\n"
BAD = (
    "FROM scratch\nCOPY build.log /\n",
    "FROM scratch\nADD a.txt ./build.log /\n",
    "FROM scratch\nCOPY *.log /\n",
)
GOOD = (
    "FROM scratch\nCOPY build.txt /\n",
    "FROM scratch\nCOPY --from=builder build.log /\n",
    "FROM scratch\nCOPY <<build.log /\ntext\nbuild.log\n",
    "FROM scratch\nADD https://files.example/build.log /\n",
    "FROM scratch\nADD git@git.example:team/build.log /\n",
    "FROM scratch\nCOPY $NAME.log /\n",
    "FROM scratch\nCOPY build.* /\n",
    "FROM scratch\nCOPY . /\n",
    "FROM scratch\nONBUILD COPY build.log /\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find sources in the build context of which nothing is there."""
    if file.ignored is None:
        return
    for step in file.direct("COPY", "ADD"):
        if step.instruction.flag("from") is not None:
            continue
        for place, source in enumerate(_sources(step)):
            if source and file.ignored.excludes(source):
                span = step.instruction.arguments[place].span
                yield Hit(step, f"{source} is excluded by .dockerignore", span)


def _sources(step: Step) -> Iterator[str]:
    """Give the sources; empty for those that are elsewhere, or that only the builder knows."""
    for source in step.words[:-1]:
        head, at, _ = source.partition(":")
        remote = "://" in source or (at and "@" in head) or source.startswith("github.com/")
        yield "" if remote or "$" in source or source.startswith("<<") else source
