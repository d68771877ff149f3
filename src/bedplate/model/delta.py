"""What differs between the image that a file names and the one that it could name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.base_facts import EndOfLife
    from bedplate.model.comparison import PackageDifference
    from bedplate.model.finding import Finding
    from bedplate.model.vulnerability_counts import VulnerabilityCounts


@dataclass(frozen=True, slots=True)
class Change:
    """One fact on both sides.

    Args:
        fact: `libc`, `runtime`, `distribution`, `shell`, `user`, `entrypoint`, ...
        before, after: in words; empty = there is none; None = not known.
    """

    fact: str
    before: str | None
    after: str | None

    @property
    def differs(self) -> bool:
        """Whether both are known and are not the same."""
        return None not in (self.before, self.after) and self.before != self.after


@dataclass(frozen=True, slots=True)
class SizeChange:
    """One measure of size, in bytes; None where it is not known."""

    before: int | None
    after: int | None

    @property
    def growth(self) -> float | None:
        """Growth in percent, negative when it shrinks; None when not known."""
        if not self.before or self.after is None:
            return None
        return (self.after - self.before) * 100 / self.before


@dataclass(frozen=True, slots=True)
class VulnerabilityChange:
    """Known vulnerabilities on both sides.

    Args:
        fixed: findings of the current image that the candidate does not have.
        new: findings of the candidate that the current image does not have.
        remaining: findings that both have, as the candidate has them.
        fixed_counts, new_counts, remaining_counts: the same, counted under both readings.
        as_of: ISO date of the oldest advisories that were asked; empty when not known.
    """

    fixed: tuple[Finding, ...]
    new: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    fixed_counts: VulnerabilityCounts
    new_counts: VulnerabilityCounts
    remaining_counts: VulnerabilityCounts
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class ImageDelta:
    """Two images on one platform, side by side.

    Args:
        before, after: their names.
        platform: `os/architecture[/variant]` on which they were compared.
        compressed, on_disk: sizes by their measures, never of one another.
        changes: every other fact, in the order in which it is shown.
        packages: None when the packages of either are not known.
        vulnerabilities: None when either was not held against advisories.
        end_of_life_before, end_of_life: of the releases and runtimes in them.
        source: address of the sources, as the candidate names it; empty when it names none.
        revision_before, revision: commits of the sources that the images name; may be empty.
        origins: where the facts of both come from.
    """

    before: str
    after: str
    platform: str
    compressed: SizeChange
    on_disk: SizeChange
    changes: tuple[Change, ...] = ()
    packages: PackageDifference | None = None
    vulnerabilities: VulnerabilityChange | None = None
    end_of_life_before: tuple[EndOfLife, ...] = ()
    end_of_life: tuple[EndOfLife, ...] = ()
    source: str = ""
    revision_before: str = ""
    revision: str = ""
    origins: tuple[str, str] = ("", "")
