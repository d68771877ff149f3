"""Go modules that are linked into programs, with the standard library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.each_file import each_file
from bedplate.inventory.go_build_info import BUILD_INFO, linked_modules, standard_library
from bedplate.inventory.language_package import language_package
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.tree import Tree

NAME = "go"
WANTS: tuple[Want, ...] = (Want("**/*", 64 * MIB, extract=BUILD_INFO, program=True),)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the modules of every program, the standard library among them as `stdlib`.

    A dependency that was replaced is the one that replaced it. The main module is there
    without a version when it was built from a work tree.

    Args:
        tree: the file system, read with `WANTS`.

    Source: Go modules reference, "go version -m"; Go vulnerability database, "stdlib".
    """
    return each_file(tree, tree.extracts(BUILD_INFO.name), _parse)


def _parse(path: str, info: bytes) -> Iterator[Package | Skipped]:
    version = standard_library(info)
    if version:
        yield language_package("golang", path, "stdlib", version)
    else:
        yield Skipped(path, "a Go program that does not tell the version of Go")
    for module in linked_modules(info):
        yield language_package("golang", path, module.path, module.version)
