"""Look at several images, and lay their facts side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.flows.differences import package_difference, platform_differences
from bedplate.flows.inspect import inspect
from bedplate.model.comparison import ComparedImage, Comparison, SizeRatio
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts


def compare(names: Iterable[str], session: Session, variants: Iterable[str] = ()) -> Comparison:
    """Inspect the images one after another, so that layers that they share are read once.

    Args:
        names: images that must be there.
        session: means and permissions.
        variants: more images; one that can't be looked at is skipped with its reason.

    Raises:
        BedplateError: one of `names` can't be looked at.
    """
    rows = [row for name in names for row in inspect(name, session)]
    skipped: list[Skipped] = []
    for name in variants:
        try:
            rows += inspect(name, session)
        except BedplateError as error:
            skipped.append(Skipped(name, error.message))
    return side_by_side(rows, skipped)


def side_by_side(rows: Sequence[BaseFacts], skipped: Iterable[Skipped] = ()) -> Comparison:
    """Work out ratios and differences of facts that are already known."""
    compressed = _ratios([row.compressed_size for row in rows])
    disk = _ratios([row.disk_size for row in rows])
    images = []
    for row, compressed_ratio, disk_ratio in zip(rows, compressed, disk, strict=True):
        base = _base(row, rows)
        difference = None if base is row else package_difference(base, row)
        images.append(ComparedImage(row, compressed_ratio, disk_ratio, difference))
    return Comparison(tuple(images), platform_differences(rows), tuple(skipped))


def _base(row: BaseFacts, rows: Sequence[BaseFacts]) -> BaseFacts:
    """Give the row of the first image that has this row's platform, or its first row."""
    of_first = [other for other in rows if other.name == rows[0].name]
    if row in of_first:
        return row
    return next((other for other in of_first if other.platform == row.platform), rows[0])


def _ratios(sizes: Sequence[int | None]) -> list[SizeRatio | None]:
    known = [size for size in sizes if size]
    largest, smallest = max(known, default=1), min(known, default=1)
    return [None if s is None else SizeRatio(s / largest, s / smallest) for s in sizes]
