"""An image says nothing of how to tell whether it works.

Docker and Compose then take a program that hangs for a healthy one; Kubernetes has probes of its
own and does not look. So this rule runs only when it is enabled: `enable = ["missing-healthcheck"]`
in `[lint]`, or `--enable missing-healthcheck`.

Fix: write HEALTHCHECK, or `HEALTHCHECK NONE` where there is nothing to ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

OPT_IN = True
SEVERITY = Severity.INFO
TWINS = ("DL3057",)
BAD = (
    "FROM debian:12\nCMD ./run\n",
    "FROM debian:12 AS a\nHEALTHCHECK CMD ./ask\nFROM debian:12\n",
)
GOOD = (
    "FROM debian:12\nHEALTHCHECK CMD ./ask\n",
    "FROM debian:12 AS a\nHEALTHCHECK NONE\nFROM a\n",
    "FROM debian:12 AS a\nFROM a\nHEALTHCHECK CMD ./ask\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find stages that have no HEALTHCHECK, nor stand on one that does, nor carry one."""
    asked = {step.stage for step in file.direct("HEALTHCHECK")}
    fine: set[int] = set()
    for stage in file.stages:
        lineage = list(file.lineage(stage.index))
        if not asked.isdisjoint(lineage):
            fine.update(lineage)
    for stage in file.stages:
        if stage.index not in fine:
            yield Hit(file.origin(stage.index), "no HEALTHCHECK")
