"""What a user asks of a scan."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bedplate.matching.matching import MatchOptions
from bedplate.model.rating import Level

if TYPE_CHECKING:
    import datetime as dt

    from bedplate.dockerfile.document import Dockerfile
    from bedplate.matching.gate import Gate
    from bedplate.matching.ignore import IgnoreEntry
    from bedplate.model.vex import VexStatement

    Known = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ScanRequest:
    """Which findings count, which are shown, and what makes the scan fail.

    Args:
        options: of matching.
        vex: statements that the user trusts.
        attested_vex: whether to trust those that the builder attested too.
        ignores: entries of ignore files.
        known: findings of a baseline; None for no baseline.
        baseline: name of that file.
        gates: each makes the scan fail when it says no.
        grace: findings count for gates once their fix has existed for so long.
        reading: whose rating counts, `vendor` or `cvss`.
        only: findings to show: `fixable`, `base`, `app`; empty for all.
        least: the least level to show.
        max_age: days; older advisories make the scan fail. None for any age.
        dockerfile: the file that the image was built from.
        dockerfile_name: its path, as it is shown.
        stages: scan the images of its build stages too.
    """

    options: MatchOptions = field(default_factory=MatchOptions)
    vex: tuple[VexStatement, ...] = ()
    attested_vex: bool = True
    ignores: tuple[IgnoreEntry, ...] = ()
    known: Known | None = None
    baseline: str = ""
    gates: tuple[Gate, ...] = ()
    grace: dt.timedelta | None = None
    reading: str = "vendor"
    only: frozenset[str] = frozenset()
    least: Level = Level.UNKNOWN
    max_age: int | None = None
    dockerfile: Dockerfile | None = None
    dockerfile_name: str = ""
    stages: bool = False

    def for_baseline(self) -> ScanRequest:
        """Give the request of all findings, whatever is known already or hidden."""
        return replace(self, only=frozenset(), least=Level.UNKNOWN, known=None)

    def for_stage(self) -> ScanRequest:
        """Give the request for an image that the Dockerfile names, not builds."""
        return replace(self, dockerfile=None, dockerfile_name="")
