"""Images side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.skipped import Skipped
    from bedplate.model.vulnerability_counts import VulnerabilityCounts


@dataclass(frozen=True, slots=True)
class SizeRatio:
    """One size held against the others of the same measure, never of another measure.

    Args:
        to_largest: share of the largest, 0 to 1.
        to_smallest: multiple of the smallest that is not empty; 0 for an empty image.
    """

    to_largest: float
    to_smallest: float


@dataclass(frozen=True, slots=True)
class PackageChange:
    """One package that two images do not have alike.

    Args:
        type: purl type.
        name: the ecosystem's own spelling.
        before: versions in the image held against, sorted as text; empty = not in it.
        after: versions in this image; empty = not in it.
    """

    type: str
    name: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageDifference:
    """What this image has more, less and otherwise than another.

    Args:
        against: name of the other image.
        added, removed, changed: sorted by type and name.
        same: how many packages have the same versions in both.
    """

    against: str
    added: tuple[PackageChange, ...] = ()
    removed: tuple[PackageChange, ...] = ()
    changed: tuple[PackageChange, ...] = ()
    same: int = 0


@dataclass(frozen=True, slots=True)
class PlatformDifference:
    """One fact of an image that is not the same on all its platforms.

    Args:
        image: name of the image.
        fact: `compressed_size`, `distro`, ..., or `package TYPE NAME`.
        values: per platform; `""` = there is none, None = not known.
    """

    image: str
    fact: str
    values: tuple[tuple[str, str | int | None], ...]


@dataclass(frozen=True, slots=True)
class ComparedImage:
    """One column of a comparison.

    Args:
        facts: of the image on one platform.
        compressed_ratio, disk_ratio: None when the size is not known.
        packages: against the first image of the same platform; None for the first itself,
            and when the packages of either are not known.
        is_reference: whether the others are held against this one.
        vulnerabilities: None when it was not held against advisories, so not known.
    """

    facts: BaseFacts
    compressed_ratio: SizeRatio | None = None
    disk_ratio: SizeRatio | None = None
    packages: PackageDifference | None = None
    is_reference: bool = False
    vulnerabilities: VulnerabilityCounts | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Images side by side, in the order asked for.

    Args:
        images: one per image and platform.
        platform_differences: within an image, when several platforms were asked for.
        skipped: variants that could not be looked at, and why.
    """

    images: tuple[ComparedImage, ...]
    platform_differences: tuple[PlatformDifference, ...] = ()
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """One image on the platforms asked for.

    Args:
        images: one per platform.
        platform_differences: when several platforms were asked for.
        vulnerabilities: of each of `images`, in their order; shorter, or None: not known.
    """

    images: tuple[BaseFacts, ...]
    platform_differences: tuple[PlatformDifference, ...] = ()
    vulnerabilities: tuple[VulnerabilityCounts | None, ...] = ()
