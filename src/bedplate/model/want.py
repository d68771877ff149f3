"""What a reader asks a layer for: files by glob, whole, or only the answer to a search."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.extract import Extract

KIB = 1024
MIB = 1024 * KIB


@dataclass(frozen=True, slots=True)
class Want:
    """A request for the bytes of some files, made before the layers are read.

    Args:
        glob: path from the root without a leading slash; `*` stays within one component,
            `**/` at the front or in the middle stands for any folders, also none. The last
            component must have a literal name, a literal ending (`*.list`), or be `*`
            below a literal folder. With `program`, it may be any.
        limit: the most bytes to keep of one file, in bytes; a larger file is kept not at all
            unless `head` is set. For a search: the most bytes searched.
        head: keep the first `limit` bytes of larger files.
        search: keep no content but the first match of this regular expression (its first
            group when it has one), found while the file streams by.
        needle: a literal that stands in every match of `search`; makes the search of large
            binaries cheap.
        extract: keep no content but what this takes out of it; files larger than `limit` are
            read as far as the extract reaches.
        program: only ELF files that somebody may execute, whatever their name.
    """

    glob: str
    limit: int = MIB
    head: bool = False
    search: bytes | None = None
    needle: bytes = b""
    extract: Extract | None = None
    program: bool = False

    @property
    def whole(self) -> bool:
        """Whether the content itself is wanted, not only what stands in it."""
        return self.search is None and self.extract is None


def compile_glob(glob: str) -> re.Pattern[str]:
    """Turn a `Want.glob` into a regular expression for `fullmatch` on a path."""
    out = []
    for piece in re.split(r"(\*\*/|\*)", glob):
        if piece == "**/":
            out.append(r"(?:.*/)?")
        elif piece == "*":
            out.append(r"[^/]*")
        else:
            out.append(re.escape(piece))
    return re.compile("".join(out), re.DOTALL)


def search_in(want: Want, content: bytes) -> bytes | None:
    """Give what a search `Want` finds in a whole content, None when nothing matches."""
    if want.search is None or want.needle not in content[: want.limit]:
        return None
    match = re.search(want.search, content[: want.limit], re.DOTALL)
    if match is None:
        return None
    return match.group(1) if match.re.groups else match.group(0)


def extract_from(wants: Iterable[Want], content: bytes) -> dict[str, bytes]:
    """Give by name what the extracts of some wants take out of a whole content."""
    found = {}
    for want in wants:
        extract = want.extract
        if extract is not None and extract.needle in content:
            taken = extract.read(content)
            if taken is not None:
                found[extract.name] = taken
    return found
