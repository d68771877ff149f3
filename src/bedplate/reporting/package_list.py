"""All packages of an image on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from bedplate.reporting.drawing import QUIET, grid
from bedplate.reporting.harmless import harmless
from bedplate.reporting.words import UNKNOWN, size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from bedplate.model.package import Package


def packages_table(packages: Iterable[Package] | None) -> RenderableType:
    """Draw packages sorted by type and name; None: not known."""
    if packages is None:
        return Text("  not known", QUIET)
    ordered = sorted(packages, key=lambda package: (package.type, package.name, package.version))
    return grid(
        ("on disk", "type", "name", "version", "licence"),
        (
            (
                size(package.installed_size),
                harmless(package.type),
                harmless(package.name),
                harmless(package.version) or UNKNOWN,
                harmless(", ".join(package.licenses)) or UNKNOWN,
            )
            for package in ordered
        ),
        right=(0,),
    )
