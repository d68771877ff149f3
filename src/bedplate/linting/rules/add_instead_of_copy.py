"""ADD takes plain files, which COPY does.

ADD also unpacks archives and fetches addresses: readers must find out which of these it does, and
a file that happens to be an archive is taken apart.

Fix: write COPY.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.archive_names import is_archive
from bedplate.linting.rule import Hit
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.ERROR
TWINS = ("DL3020", "DS-0005")
BAD = (
    "FROM debian:12\nADD app /app\n",
    'FROM debian:12\nADD ["app", "conf", "/app/"]\n',
    "FROM debian:12\nADD app.tar.gz conf /app/\n",
)
GOOD = (
    "FROM debian:12\nCOPY app /app\n",
    "FROM debian:12\nADD app.tar.gz /app\n",
    "FROM debian:12\nADD https://files.example/app /app\n",
    "FROM debian:12\nADD git@git.example:team/app.git /app\n",
    "FROM debian:12\nADD <<EOF /app\ntext\nEOF\n",
)

_ELSEWHERE = re.compile(r"https?://|git://|ssh://|[\w.-]+@[\w.-]+:")
# Flags that COPY does not have.
_OF_ADD = frozenset(("checksum", "keep-git-dir", "unpack"))


def check(file: LintedFile) -> Iterator[Hit]:
    """Find instructions of which a source is neither an archive nor elsewhere."""
    for step in file.direct("ADD"):
        plain = [one for one in step.words[:-1] if not _needs_add(one)]
        if plain and not step.instruction.heredocs:
            twins = TWINS if ".tar" not in " ".join(step.words) else TWINS[:1]
            fix = _copied(step) if len(plain) == len(step.words) - 1 else None
            yield Hit(step, f"COPY is for {plain[0]}", twins=twins, fix=fix)


def _needs_add(source: str) -> bool:
    return is_archive(source) or _ELSEWHERE.match(source) is not None


def _copied(step: Step) -> Fix | None:
    """Put COPY there; not where an address may be hidden, or a flag is of ADD alone."""
    instruction = step.instruction
    is_hidden = any("$" in word for word in step.words)
    if is_hidden or any(flag.name in _OF_ADD for flag in instruction.flags):
        return None
    start = instruction.span.start
    word = "copy" if instruction.name.islower() else "COPY"
    return Fix((Edit(Span(start, start + len(instruction.name)), word),), safe=False)
