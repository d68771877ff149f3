"""What differs between platforms and between packages, on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bedplate.reporting.difference_words import fact_title, platform_cells, versions
from bedplate.reporting.drawing import QUIET, grid, heading
from bedplate.reporting.facts_words import difference
from bedplate.reporting.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from bedplate.model.comparison import (
        ComparedImage,
        PackageDifference,
        PlatformDifference,
    )
    from bedplate.reporting.look import Look

_SHOWN = 20  # differences of an image that are shown without --packages


def platform_differences(
    found: Sequence[PlatformDifference], look: Look
) -> Iterator[RenderableType]:
    """Draw what is not the same on all platforms of an image, one table per image."""
    for image in dict.fromkeys(item.image for item in found):
        rows = [item for item in found if item.image == image]
        shown = rows if look.packages else rows[:_SHOWN]
        yield heading(f"Differs between platforms of {harmless(image)}")
        yield grid(
            ("", *(harmless(platform) for platform, _ in rows[0].values)),
            ((fact_title(item.fact), *platform_cells(item)) for item in shown),
        )
        if len(shown) < len(rows):
            yield Text(f"  and {len(rows) - len(shown)} more, see --packages", QUIET)


def package_differences(images: Sequence[ComparedImage]) -> Iterator[RenderableType]:
    """Draw the packages that each image does not share with the one held against."""
    for image in images:
        if image.packages is not None:
            against = harmless(image.packages.against)
            name = harmless(image.facts.name)
            yield heading(f"Packages of {name} against {against}: {difference(image.packages)}")
            yield grid(("", "type", "name", "version"), _changes(image.packages))


def _changes(found: PackageDifference) -> Iterator[tuple[str, str, str, str]]:
    for mark, changes in (("+", found.added), ("-", found.removed), ("~", found.changed)):
        for item in changes:
            yield mark, harmless(item.type), harmless(item.name), versions(item)
