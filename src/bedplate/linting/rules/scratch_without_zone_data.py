"""A stage on scratch sets the time zone, but has no zone data.

Programs that do not find the zone fall back to UTC without a word, or fail.

Fix: copy `/usr/share/zoneinfo` from the build stage, or compile the data into the program, as Go's
`-tags timetzdata` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess_stage
from bedplate.linting.linted_file import unquoted
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM golang:1.26 AS build\nFROM scratch\nENV TZ=Europe/Berlin\nCOPY --from=build /a /a\n",
    "FROM golang:1.26 AS build\nRUN apk add tzdata\nFROM scratch\nCOPY --from=build /a /a\n",
)
GOOD = (
    "FROM a:1 AS b\nFROM scratch\nENV TZ=Asia/Tokyo\nCOPY --from=b /usr/share/zoneinfo /z\n",
    "FROM golang:1.26 AS build\nFROM scratch\nENV TZ=UTC\nCOPY --from=build /a /a\n",
    "FROM golang:1.26 AS build\nFROM scratch\nCOPY --from=build /a /a\n",
    "FROM golang:1.26\nRUN go build -tags timetzdata\nFROM scratch\nENV TZ=Asia/Tokyo\n",
)

_MARKS = ("zoneinfo", "timetzdata", "time/tzdata")
_UTC = frozenset(("UTC", "Etc/UTC", "GMT", "UTC0", ""))


def check(file: LintedFile) -> Iterator[Hit]:
    """Find final stages on scratch that need zone data: by TZ, or as the builder installs it."""
    last = len(file.stages) - 1
    base = guess_stage(file, last) if last >= 0 else None
    if base is None or base.distro != "scratch" or any(one in file.text for one in _MARKS):
        return
    lineage = frozenset(file.lineage(last))
    for step in file.direct("ENV"):
        for pair in step.instruction.pairs if step.stage in lineage else ():
            if pair.name == "TZ" and unquoted(pair.value or "") not in _UTC:
                yield Hit(step, "scratch has no zone data for TZ", pair.span)
    for run, commands in file.runs_of(frozenset(("apk", "apt", "apt-get", "dnf", "microdnf"))):
        if any("tzdata" in command.args for command in commands) and not run.step.onbuild:
            message = "zone data is installed for the build, but not copied to scratch"
            yield Hit(run.step, message)
            return
