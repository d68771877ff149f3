"""The comment above ARG or FROM does not begin with its name.

Tools show such comments as the description of an argument or a stage. BuildKit checks it only
when `# check=experimental=InvalidDefinitionDescription` asks for it, and so does bedplate.

Fix: begin the comment with the name, or put an empty line between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("InvalidDefinitionDescription",)
BAD = ("# check=experimental=all\n# the tag\nARG TAG=12\nFROM debian:$TAG\n",)
GOOD = (
    "# check=experimental=all\n# TAG is the release\nARG TAG=12\nFROM debian:$TAG\n",
    "# the tag\nARG TAG=12\nFROM debian:$TAG\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find descriptions of something else."""
    if not file.check.tries(TWINS[0]):
        return
    for step in file.direct("ARG", "FROM"):
        comments = [comment.text for comment in step.instruction.comments if comment.text]
        if not comments or step.instruction.comments[-1].line != step.line - 1:
            continue
        names = [pair.name for pair in step.instruction.pairs]
        if step.instruction.keyword == "FROM":
            word = file.stages[step.stage].name_word
            names = [word.text] if word is not None else []
        described = comments[-1].split(" ")[0]
        if names and described not in names:
            yield Hit(step, f"the comment above does not begin with {names[0]}")
