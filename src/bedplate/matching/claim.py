"""What the advisories say of one component, vulnerability by vulnerability."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bedplate.model.advisory import Status
from bedplate.model.finding import Witness

if TYPE_CHECKING:
    from bedplate.matching.look_up import LookUp
    from bedplate.matching.row_test import Hit
    from bedplate.model.advisory import Advisory
    from bedplate.model.package import Package
    from bedplate.model.version_range import VersionRange

_PRO = "the fix needs Ubuntu Pro"


class Claim(NamedTuple):
    """One advisory's word on one vulnerability in one component.

    Args:
        look_up: what was asked.
        hit: the row that answered.
        advisory: the row's.
        cves: its CVE ids: none, one, or several of an advisory that takes them for one.
        packages: installed packages that it is about.
        rank: of its feed among those that know the component; the lowest decides.
        announces: whether the advisory announces an update, which may close several.
    """

    look_up: LookUp
    hit: Hit
    advisory: Advisory
    cves: tuple[str, ...]
    packages: tuple[Package, ...]
    rank: int = 0
    announces: bool = False

    @property
    def fixed(self) -> tuple[str, ...]:
        """Versions that fix it and that anybody can install."""
        return () if self.hit.pro else self.hit.fixed

    @property
    def status(self) -> Status:
        """What it says, without fixes that not anybody can install."""
        status = self.hit.row.status
        return Status.AFFECTED if status is Status.FIXED and not self.fixed else status

    @property
    def fix_date(self) -> str:
        """ISO date since which the fix exists; empty when not known."""
        if not self.fixed:
            return ""
        said = self.hit.row.qualifiers
        dated = dict(said).get("fix-date", "") if said else ""
        # an erratum is published with the packages that it announces
        return dated or (self.advisory.published[:10] if self.announces else "")

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id of the vulnerability; that of an advisory on several is none."""
        if self.announces or len(self.cves) < len(self.advisory.cves):
            return self.cves or (self.advisory.id,)
        return (*self.cves, self.advisory.id, *self.advisory.aliases)

    def witness(self) -> Witness:
        """Write it down for people."""
        note = self.hit.note or (_PRO if self.hit.pro else "")
        return Witness(
            advisory=self.advisory.id,
            feed=self.advisory.feed,
            namespace=self.look_up.namespace,
            name=self.hit.name,
            status=self.hit.row.status,
            fixed=self.hit.fixed[0] if self.hit.fixed else "",
            ranges=_written(self.hit),
            confidence="low" if self.hit.note else "high",
            note=note,
        )


def _written(hit: Hit) -> str:
    if hit.row.until:
        return f"< {hit.row.until}"
    parts = [_range(one) for one in hit.row.ranges]
    if hit.row.versions:
        parts.append(f"{len(hit.row.versions)} versions by name")
    return " or ".join(parts) or "every version"


def _range(one: VersionRange) -> str:
    start = f">= {one.introduced}" if one.introduced not in ("", "0") else ""
    end = f"< {one.fixed}" if one.fixed else f"<= {one.last_affected}" if one.last_affected else ""
    return ", ".join(part for part in (start, end) if part) or "every version"
