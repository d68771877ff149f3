"""Gradle: `gradle.lockfile`, the coordinates of Java archives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.lock_formats.gradle_lock import WANTS as GRADLE_WANTS
from bedplate.inventory.lock_formats.gradle_lock import parse
from bedplate.model.locked_package import LockedPackage

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Gradle lock file"
WANTS = GRADLE_WANTS


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the archives that a lock file of Gradle names.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not of this format.
    """
    for one in parse(path, content):
        key = f"{one.name} {one.version}"
        yield LockedPackage("maven", one.name, one.version, key, development=one.development)
