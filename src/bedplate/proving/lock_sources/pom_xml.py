"""Maven: `pom.xml`, the coordinates of Java archives that it names itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.lock_formats.pom_xml import WANTS as POM_WANTS
from bedplate.inventory.lock_formats.pom_xml import parse
from bedplate.model.locked_package import LockedPackage
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "pom.xml"
WANTS = POM_WANTS


def read(path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
    """Yield the archives that a project of Maven names itself, not what these need.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not of this format.
    """
    for one in parse(path, content):
        if isinstance(one, Skipped):
            yield one
        else:
            key = f"{one.name} {one.version}"
            yield LockedPackage("maven", one.name, one.version, key, development=one.development)
