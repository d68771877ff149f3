"""RUN unpacks an archive that COPY brought.

The archive stays in its layer, beside what was in it.

Fix: let ADD unpack it, or mount it by `RUN --mount=type=bind` and unpack it from there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.archive_names import is_archive, last_part
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.INFO
TWINS = ("DL3010",)
BAD = (
    "FROM debian:12\nCOPY app.tar.gz /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /app\n",
    "FROM debian:12\nCOPY build/app /app.xz\nRUN make && unxz /app.xz\n",
)
GOOD = (
    "FROM debian:12\nADD app.tar.gz /app\n",
    "FROM debian:12\nCOPY app.tar.gz /tmp/\nRUN tar -tf /tmp/app.tar.gz\n",
    "FROM debian:12\nCOPY --from=build app.tar /tmp/\nRUN tar -xf /tmp/app.tar\n",
    "FROM debian:12\nCOPY app.tar /tmp/\nFROM debian:12\nRUN tar -xf /tmp/app.tar\n",
)

_UNPACKERS = frozenset(
    ("bunzip2", "gunzip", "gzcat", "tar", "uncompress", "unlzma", "unxz", "zcat", "zgz")
)

_VARIABLE = re.compile(r"\$\{[^}]*\}|\$\w+")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find copies of archives that a later command of the stage unpacks."""
    unpacked: dict[tuple[int, str], int] = {}
    for stage, line, name in _unpacked(file):
        unpacked[stage, name] = line
    for step in file.direct("COPY") if unpacked else ():
        if step.instruction.flag("from") is not None or not step.words:
            continue
        names = (one for one in _archives(step) if unpacked.get((step.stage, one), 0) > step.line)
        if name := next(names, ""):
            yield Hit(step, f"{name} is unpacked below, where ADD would do")


def _archives(step: Step) -> list[str]:
    """Give the names that a COPY gives to archives."""
    # a name with blanks in quotes is in pieces here
    *sources, target = (word.strip("\"'") for word in step.words)
    if is_archive(target):
        return [last_part(target)]
    return [last_part(one) for one in sources if is_archive(one)]


def _unpacked(file: LintedFile) -> Iterator[tuple[int, int, str]]:
    """Give stage, line and name of what is unpacked, in the order of lines."""
    for run, commands in file.runs_of(_UNPACKERS):
        for command in commands if not run.step.onbuild else ():
            if command.name != "tar" or command.has("x", "extract", "get"):
                for word in command.words:
                    if not word.text.startswith("-"):
                        name = last_part(_VARIABLE.sub("", word.text))
                        yield run.step.stage, run.step.line, name
