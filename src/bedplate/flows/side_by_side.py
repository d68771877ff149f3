"""Lay facts that are already known side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.flows.differences import package_difference, platform_differences
from bedplate.model.comparison import ComparedImage, Comparison, SizeRatio

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.skipped import Skipped


def side_by_side(rows: Sequence[BaseFacts], skipped: Iterable[Skipped] = ()) -> Comparison:
    """Work out ratios and differences.

    Args:
        rows: one per image and platform, rows of an image next to each other.
        skipped: images that could not be looked at.
    """
    compressed = _ratios([row.compressed_size for row in rows])
    disk = _ratios([row.disk_size for row in rows])
    images = []
    for row, compressed_ratio, disk_ratio in zip(rows, compressed, disk, strict=True):
        base = _base(row, rows)
        difference = None if base is row else package_difference(base, row)
        images.append(
            ComparedImage(row, compressed_ratio, disk_ratio, difference, is_reference=base is row)
        )
    return Comparison(tuple(images), platform_differences(rows), tuple(skipped))


def _ratios(sizes: Sequence[int | None]) -> list[SizeRatio | None]:
    known = [size for size in sizes if size]
    largest, smallest = max(known, default=1), min(known, default=1)
    return [None if s is None else SizeRatio(s / largest, s / smallest) for s in sizes]


def _base(row: BaseFacts, rows: Sequence[BaseFacts]) -> BaseFacts:
    """Give the row of the first image that has this row's platform, or its first row."""
    of_first = [other for other in rows if other.name == rows[0].name]
    if any(other is row for other in of_first):
        return row
    return next((other for other in of_first if other.platform == row.platform), rows[0])
