"""The contract of an entry on the shelf `package_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want


class PackageFormat(Protocol):
    """Reads one kind of package database or metadata folder out of a tree.

    NAME is the word shown in reports; WANTS are the files whose bytes `read` needs.
    """

    NAME: str
    WANTS: tuple[Want, ...]

    def read(self, tree: Tree) -> Iterator[Package | Skipped]:
        """Yield the packages; what can't be read is a `Skipped`, never an exception."""
        ...
