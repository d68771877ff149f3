"""The contract of an entry on the shelf `lock_sources/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.locked_package import LockedPackage
    from bedplate.model.skipped import Skipped
    from bedplate.model.want import Want


class LockSource(Protocol):
    """Reads what one kind of lock file says of where its packages run.

    NAME is the word shown in reports; WANTS are globs of the file names it reads.
    """

    NAME: str
    WANTS: tuple[Want, ...]

    def read(self, path: str, content: bytes) -> Iterator[LockedPackage | Skipped]:
        """Yield the packages of one file, the project itself left out; keys differ.

        Raises:
            BadInput: the file is not of this format; names path and place.
        """
        ...
