"""Python archives: a wheel (`.whl`) or a zipped egg (`.egg`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.python_packages import pypi_package, read_metadata
from bedplate.inventory.zip_members import zip_members
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "Python archive"
WANTS: tuple[Want, ...] = (Want("**/*.whl", limit=MAX_BYTES), Want("**/*.egg", limit=MAX_BYTES))


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the package of which the archive is.

    Args:
        path: where it stands.
        content: the whole archive.

    Raises:
        InvalidDocument: not a zip archive.

    Source: packaging.python.org, "Binary distribution format"; setuptools, "The Internal
    Structure of Python Eggs".
    """
    for _, data in zip_members(path, content, _is_metadata):
        metadata = read_metadata(data)
        if metadata.name and metadata.version:
            yield pypi_package(path, metadata.name, metadata.version, licenses=metadata.licenses)
            return
    yield Skipped(path, "no package metadata inside")


def _is_metadata(member: str) -> bool:
    folder, _, name = member.rpartition("/")
    return (folder.endswith(".dist-info") and "/" not in folder and name == "METADATA") or (
        member == "EGG-INFO/PKG-INFO"
    )
