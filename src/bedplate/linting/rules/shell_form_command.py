"""CMD or ENTRYPOINT is in shell form.

A shell stands between the container and the program and does not pass signals on: stopping takes
ten seconds and ends by force.

Fix: write it as a JSON array, `CMD ["app", "--flag"]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("JSONArgsRecommended", "DL3025")
BAD = ("FROM debian:12\nCMD run --fast\n",)
GOOD = ('FROM debian:12\nCMD ["run", "--fast"]\n',)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find shell forms; in stages with a SHELL of their own they are meant."""
    shells = {step.stage for step in file.direct("SHELL")}
    for step in file.direct("HEALTHCHECK"):
        if not step.instruction.json and step.words[:1] == ["CMD"]:
            yield Hit(step, "HEALTHCHECK is in shell form", None, TWINS[1:])
    for step in file.direct("CMD", "ENTRYPOINT"):
        if step.instruction.json or not step.instruction.arguments:
            continue
        meant = not shells.isdisjoint(file.lineage(step.stage))
        twins = TWINS[1:] if meant else TWINS
        keyword = step.instruction.keyword
        yield Hit(step, f"{keyword} is in shell form, so signals do not reach it", None, twins)
