"""The contract of an entry on the shelf `lock_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.want import Want


class LockFormat(Protocol):
    """Reads one kind of lock or requirements file of a project.

    NAME is the word shown in reports; WANTS are globs of the file names it reads.
    """

    NAME: str
    WANTS: tuple[Want, ...]

    def parse(self, path: str, content: bytes) -> Iterator[Package | Skipped]:
        """Yield the packages of one file.

        Raises:
            InvalidDocument: the file is not of this format; names path and place.
        """
        ...
