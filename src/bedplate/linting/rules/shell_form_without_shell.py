"""RUN, CMD or ENTRYPOINT needs a shell, but the image has none.

`scratch` and distroless images hold no shell: the build or the start fails.

Fix: write CMD and ENTRYPOINT as JSON arrays, and move RUN to a build stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess_stage
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM scratch\nCMD app --fast\n",
    "FROM gcr.io/distroless/base-debian12\nRUN mkdir /data\n",
)
GOOD = (
    'FROM scratch\nCMD ["/app", "--fast"]\n',
    "FROM debian:12\nCMD app\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find shell forms in stages on images without a shell."""
    provided = {step.stage for step in file.direct("SHELL")}
    for step in file.direct("RUN", "CMD", "ENTRYPOINT"):
        instruction = step.instruction
        if instruction.json or step.stage < 0 or not instruction.arguments:
            continue
        base = guess_stage(file, step.stage)
        lineage = set(file.lineage(step.stage))
        filled = any(
            one.stage in lineage and one.line < step.line for one in file.of("COPY", "ADD")
        )
        if base is None or base.shell or lineage & provided:
            continue
        if instruction.keyword != "RUN" or not filled:  # a COPY may have brought a shell
            yield Hit(step, f"{instruction.keyword} needs a shell, which {base.name} does not have")
