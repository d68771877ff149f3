"""What a reader asks a layer for: files by glob, whole, or only the answer to a search."""

from __future__ import annotations

from dataclasses import dataclass

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Want:
    """A request for the bytes of some files, made before the layers are read.

    Args:
        glob: path from the root without a leading slash; `*` stays within one component,
            `**/` at the front or in the middle stands for any folders, also none. The last
            component must have a literal name, a literal ending (`*.list`), or be `*`
            below a literal folder.
        limit: the most bytes to keep of one file, in bytes; a larger file is kept not at all
            unless `head` is set. For a search: the most bytes searched.
        head: keep the first `limit` bytes of larger files.
        search: keep no content but the first match of this regular expression (its first
            group when it has one), found while the file streams by.
        needle: a literal that stands in every match of `search`; makes the search of large
            binaries cheap.
    """

    glob: str
    limit: int = MIB
    head: bool = False
    search: bytes | None = None
    needle: bytes = b""
