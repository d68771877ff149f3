"""A tree or a file -> its packages, by every format that bedplate knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.inventory.package_formats import PACKAGE_FORMATS
from bedplate.inventory.single_file import SingleFileTree
from bedplate.model.skipped import Skipped
from bedplate.model.want import compile_glob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.inventory.lock_format import LockFormat
    from bedplate.model.package import Package
    from bedplate.model.tree import Tree
    from bedplate.model.want import Want


# The files whose bytes `collect` needs, for whoever reads the layers.
WANTS: tuple[Want, ...] = tuple(want for entry in PACKAGE_FORMATS for want in entry.WANTS)


def lock_wants() -> tuple[Want, ...]:
    """List what `collect(tree, lockfiles=True)` needs, in addition."""
    return tuple(want for entry in _lock_formats() for want in entry.WANTS)


def _lock_formats() -> tuple[LockFormat, ...]:
    from bedplate.inventory.lock_formats import (  # noqa: PLC0415 - lazy: images hold none
        LOCK_FORMATS,
    )

    return LOCK_FORMATS


def collect(tree: Tree, *, lockfiles: bool = False) -> list[Package | Skipped]:
    """Find the installed packages of a file system.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.
        lockfiles: read lock and requirements files too (`lock_wants`), which tell what a
            project asks for, not what is installed.

    Returns:
        Packages, and what could not be read with the reason, in the order of the formats.
    """
    found: list[Package | Skipped] = []
    for package_format in PACKAGE_FORMATS:
        found += _guarded(package_format.read(tree), package_format.NAME)
    if lockfiles:
        for lock_format in _lock_formats():
            found += _from_lock_files(lock_format, tree)
    return found


def collect_file(path: str, content: bytes) -> list[Package | Skipped]:
    """Find the packages that one file names: a package database, metadata or a lock file.

    Args:
        path: where the file stands, from the root or from the project; it says which formats
            read it.
        content: all of the file.

    Returns:
        Packages, and what could not be read. Nothing when no format reads such a path.

    Raises:
        BadInput: the file is not of the format that its name promises.
    """
    tree = SingleFileTree(path, content, (*WANTS, *lock_wants()))
    found: list[Package | Skipped] = []
    for package_format in PACKAGE_FORMATS:
        if _reads(package_format.WANTS, tree.path):
            found += package_format.read(tree)
    for lock_format in _lock_formats():
        if _reads(lock_format.WANTS, tree.path):
            found += lock_format.parse(tree.path, content)
    return found


def _reads(asked: Iterable[Want], path: str) -> bool:
    return any(compile_glob(want.glob).fullmatch(path) for want in asked)


def _from_lock_files(lock_format: LockFormat, tree: Tree) -> Iterator[Package | Skipped]:
    paths = {path for want in lock_format.WANTS for path in tree.kept(want.glob)}
    for path in sorted(paths):
        content = tree.read(path)
        if content is not None:
            yield from _guarded(lock_format.parse(path, content), path)


def _guarded(found: Iterator[Package | Skipped], what: str) -> Iterator[Package | Skipped]:
    """Turn an error in the middle into a `Skipped`: one bad file hides no other."""
    try:
        yield from found
    except BedplateError as error:
        yield Skipped(what, error.message)
