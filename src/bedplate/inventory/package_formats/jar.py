"""Java archives, those inside them, and what was merged into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.each_file import each_file
from bedplate.inventory.java_archive import ARCHIVE, ARCHIVES, archives
from bedplate.inventory.language_package import language_package
from bedplate.inventory.maven_coordinates import identify
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.tree import Tree

NAME = "jar"
WANTS: tuple[Want, ...] = tuple(
    Want(f"**/*.{ending}", 128 * MIB, extract=ARCHIVE) for ending in ARCHIVES
)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the artifacts of every archive; those merged into another are in section `shaded`.

    Args:
        tree: the file system, read with `WANTS`.

    Source: purl type definition "maven"; Maven, "Naming conventions on Maven coordinates".
    """
    return each_file(tree, tree.extracts(ARCHIVE.name), _parse)


def _parse(path: str, taken: bytes) -> Iterator[Package | Skipped]:
    for archive in archives(taken):
        file_name = (archive.inside or path).rpartition("/")[2]
        found = identify(file_name, archive)
        for one in found:
            section = "shaded" if one.shaded else ""
            yield language_package(
                "maven", path, one.name, one.version, section=section, inside=archive.inside
            )
        place = f"{path}!/{archive.inside}" if archive.inside else path
        if not found:
            yield Skipped(place, "a Java archive that tells no name and version")
        for reason in archive.unread:
            yield Skipped(place, reason)
