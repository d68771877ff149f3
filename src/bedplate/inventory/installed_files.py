"""From the paths that a package database lists to the paths of the tree."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.model.file_entry import FileKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.model.tree import Tree

# Folders that releases have turned into symlinks while packages still list what is below
# them: the merged /usr, /run, Fedora's merged sbin. Looked up once, not for every path.
_MOVED_FOLDERS = (
    "bin",
    "sbin",
    "lib",
    "lib32",
    "lib64",
    "libx32",
    "libo32",
    "usr/sbin",
    "usr/lib64",
    "usr/tmp",
    "var/lock",
    "var/run",
)

# What the paths of one database may take. 60,000 files take 8 MB; but databases store folders
# once, and lists may be links to one another, so a small hostile image could ask for very many.
MAX_MEMORY = 256 * 1024 * 1024
_PER_PATH = 64  # bytes that a string takes beside its characters

_LAYER_TRIES = 24
_LAYER_SAMPLE = 8


class InstalledFiles:
    """Paths of one database, from the root and through symlinked folders.

    Args:
        tree: the file system that the database stands in.
    """

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._left = MAX_MEMORY
        self._moved: dict[str, str] = {}
        for folder in _MOVED_FOLDERS:
            entry = tree.get(folder)
            if entry is not None and entry.kind is FileKind.SYMLINK:
                target = tree.resolve(folder)
                if target is not None and target.kind is FileKind.DIRECTORY:
                    self._moved[f"{folder}/"] = f"{target.path}/"
        self._starts = tuple(self._moved)

    def paths(self, listed: Sequence[str]) -> tuple[str, ...]:
        """Give the real paths of files.

        Args:
            listed: paths as the database has them, without a leading slash.

        Raises:
            LimitExceeded: the database has listed more than any real one.
        """
        self._spend(len(listed), sum(map(len, listed)))
        return self._through_links(listed)

    def _through_links(self, listed: Iterable[str]) -> tuple[str, ...]:
        starts = self._starts
        # a list is built faster than a tuple, and there are 60,000 paths in an image
        return tuple([self._real(path) if path.startswith(starts) else path for path in listed])

    def _real(self, path: str) -> str:
        start = next(start for start in self._starts if path.startswith(start))
        return self._moved[start] + path[len(start) :]

    def joined(
        self, folders: Sequence[str], numbers: Sequence[int], names: Sequence[str]
    ) -> tuple[str, ...]:
        """Give the real paths of files that are listed as folder and name.

        Args:
            folders: with or without slashes at the ends.
            numbers: of each file, the index of its folder.
            names: of each file, its name.

        Raises:
            LimitExceeded: the database has listed more than any real one.
        """
        prefixes = [folder.strip("/") for folder in folders]
        prefixes = [f"{folder}/" if folder else "" for folder in prefixes]
        lengths = [len(prefix) for prefix in prefixes]
        self._spend(len(names), sum(lengths[n] for n in numbers) + sum(map(len, names)))
        pairs = zip(numbers, names, strict=True)
        return self._through_links(prefixes[number] + name for number, name in pairs)

    def _spend(self, paths: int, characters: int) -> None:
        self._left -= paths * _PER_PATH + characters
        if self._left < 0:
            raise LimitExceeded(f"lists paths that take more than {MAX_MEMORY} bytes of memory")

    def layer(self, paths: Sequence[str], otherwise: int | None) -> int | None:
        """Tell the layer in which most of a package's files were last written.

        Args:
            paths: of the package; a few of those that exist are looked at.
            otherwise: the answer when none of them exists.
        """
        entries = (self._tree.get(path) for path in islice(paths, _LAYER_TRIES))
        present = (entry.layer for entry in entries if entry is not None)
        counts = Counter(islice(present, _LAYER_SAMPLE))
        # an upgrade leaves configuration files behind in a lower layer: of equals, the highest
        return max(counts, key=lambda layer: (counts[layer], layer)) if counts else otherwise
