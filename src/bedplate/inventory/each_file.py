"""Reading the files of a format one by one: bounded, and one bad file hides no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bedplate.model.tree import Tree

MAX_FILES = 100_000
MAX_PACKAGES = 500_000


def each_file(
    tree: Tree,
    files: Iterable[tuple[str, bytes | None]],
    parse: Callable[[str, bytes], Iterable[Package | Skipped]],
) -> Iterator[Package | Skipped]:
    """Parse files of a tree; every package gets the layer of its file.

    Args:
        tree: the file system.
        files: path and content; those without are passed over.
        parse: reads one file.
    """
    packages = 0
    for number, (path, content) in enumerate(files):
        if number == MAX_FILES or packages > MAX_PACKAGES:
            yield Skipped(path, f"more than {MAX_FILES} files or {MAX_PACKAGES} packages")
            return
        if content is None:
            continue
        entry = tree.get(path)
        layer = entry.layer if entry else None
        try:
            for one in parse(path, content):
                packages += 1
                yield replace(one, layer=layer) if isinstance(one, Package) else one
        except BadInput as error:
            yield Skipped(path, error.message.removeprefix(f"{path}: "))


def kept_files(tree: Tree, *globs: str) -> Iterator[tuple[str, bytes | None]]:
    """Give path and content of the files that were kept by some globs."""
    for glob in globs:
        for path in tree.kept(glob):
            yield path, tree.read(path)
