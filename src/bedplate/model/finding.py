"""A vulnerability that is in an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bedplate.model.rating import Level

if TYPE_CHECKING:
    from bedplate.model.advisory import Status
    from bedplate.model.package import Package
    from bedplate.model.rating import Rating


@dataclass(frozen=True, slots=True)
class Witness:
    """An advisory that makes a finding.

    Args:
        advisory: its id.
        feed: the feed that it is from.
        namespace, name: what it names, as the feed does.
        status: what it says.
        fixed: the version that it names as fixed; empty when it names none.
        ranges: its vulnerable versions, for people: `>= 1.0, < 1.2`.
        confidence: `high`, or `low` with the reason in `note`.
        note: why it is to be read with care; empty when it is not.
    """

    advisory: str
    feed: str
    namespace: str
    name: str
    status: Status
    fixed: str = ""
    ranges: str = ""
    confidence: str = "high"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count.

    Args:
        by: `vex`, `ignore`, `policy` (kernel headers, unimportant, ...), `baseline`.
        reason: for people; a VEX justification, the ignore entry's reason, ...
        source: the file or rule that says so.
        owner: who answers for it; empty when not told.
        expires: ISO date on which it ends; empty for never.
    """

    by: str
    reason: str
    source: str = ""
    owner: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One vulnerability in one component.

    Args:
        vulnerability: canonical id: the CVE when there is one.
        aliases: every other id of it, sorted.
        component: name of the source package (deb, apk, rpm) or the package itself.
        version: its version, as the feed's ecosystem compares it.
        packages: installed packages that are built from it, at least one.
        status: what counts: the most certain statement of the witnesses.
        fixed: versions that fix it, oldest first; empty when none does.
        fix_date: ISO date since which a fix exists; empty when not known.
        ratings: every statement on its gravity.
        vendor: the one that counts when vendors are asked; None when nobody says anything.
        cvss: the one that counts when CVSS is asked; None when there is no score.
        epss: probability of exploitation in 30 days, 0 to 1; None when not known.
        epss_percentile: 0 to 1; None when not known.
        kev: ISO date on which CISA listed it as exploited; empty when it did not.
        witnesses: every advisory that says so, at least one.
        confidence: `high` or `low`.
        origin: `base`, `app`, or empty when that could not be told.
        layer: index of the layer that brought it; None when not known.
        created_by: the build step of that layer; empty when not known.
        line: line of the Dockerfile that brought it; None when not known.
        bundled_in: what carries it along, as `npm@10.8.2`; empty when it stands alone.
        summary: one line; empty when no feed has one.
        suppression: why it does not count; None when it does.
    """

    vulnerability: str
    component: str
    version: str
    packages: tuple[Package, ...]
    status: Status
    aliases: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    fix_date: str = ""
    ratings: tuple[Rating, ...] = ()
    vendor: Rating | None = None
    cvss: Rating | None = None
    epss: float | None = None
    epss_percentile: float | None = None
    kev: str = ""
    witnesses: tuple[Witness, ...] = ()
    confidence: str = "high"
    origin: str = ""
    layer: int | None = None
    created_by: str = ""
    line: int | None = None
    bundled_in: str = ""
    summary: str = ""
    suppression: Suppression | None = None

    @property
    def fixable(self) -> bool:
        """Whether some version fixes it."""
        return bool(self.fixed)

    def rating(self, reading: str) -> Rating | None:
        """Give the statement that counts under a reading, `vendor` or `cvss`."""
        return self.cvss if reading == "cvss" else self.vendor

    def level(self, reading: str) -> Level:
        """Give the level under a reading; unknown when nobody says."""
        rating = self.rating(reading)
        return Level.UNKNOWN if rating is None else rating.level
