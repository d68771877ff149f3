"""The root file system of this machine, as library search looks at it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bedplate.binaries.elf import is_elf
from bedplate.model.file_entry import FileEntry, FileKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.tree import Tree


class _Machine:
    def resolve(self, path: str) -> FileEntry | None:
        real = Path("/", path).resolve()
        if not real.exists():
            return None
        kind = FileKind.DIRECTORY if real.is_dir() else FileKind.FILE
        return FileEntry(str(real)[1:], kind)

    def children(self, folder: str) -> list[str]:
        place = Path("/", folder)
        return sorted(one.name for one in place.iterdir()) if place.is_dir() else []

    def read(self, path: str) -> bytes | None:
        place = Path("/", path)
        return place.read_bytes() if place.is_file() else None

    def extracts(self, _: str) -> Iterable[tuple[str, bytes]]:
        return ()


def machine_tree() -> Tree:
    """Give a tree that reads from disk when it is asked, and can do just what is asked of it."""
    return cast("Tree", _Machine())


def elf_files(*tops: str) -> Iterator[Path]:
    """Walk the ELF files of this machine, each once."""
    seen = set()
    for top in tops:
        for folder, folders, names in os.walk(top):
            folders.sort()
            for name in sorted(names):
                path = Path(folder, name)
                if path.is_symlink() or not path.is_file() or path.stat().st_ino in seen:
                    continue
                seen.add(path.stat().st_ino)
                with path.open("rb") as file:
                    if is_elf(file.read(4)):
                        yield path
