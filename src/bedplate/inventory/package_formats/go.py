"""Go modules that are linked into programs, with the standard library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.go_build_info import BUILD_INFO, modules, standard_library
from bedplate.inventory.go_packages import STANDARD_LIBRARY, go_package
from bedplate.model.skipped import Skipped
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.tree import Tree

NAME = "go"
WANTS: tuple[Want, ...] = (Want("**/*", 64 * MIB, extract=BUILD_INFO, program=True),)

_MAX_PACKAGES = 500_000


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the modules of every program, the standard library among them as `stdlib`.

    A dependency that was replaced is the one that replaced it. The main module is there
    without a version when it was built from a work tree.

    Args:
        tree: the file system, read with `WANTS`.

    Source: Go modules reference, "go version -m"; Go vulnerability database, "stdlib".
    """
    number = 0
    for path, info in tree.extracts(BUILD_INFO.name):
        entry = tree.get(path)
        layer = entry.layer if entry else None
        version = standard_library(info)
        if version:
            yield go_package(path, STANDARD_LIBRARY, version, layer=layer)
        else:
            yield Skipped(path, "a Go program that does not tell the version of Go")
        for module in modules(info):
            number += 1
            if number > _MAX_PACKAGES:
                yield Skipped("Go programs", f"more than {_MAX_PACKAGES} modules")
                return
            yield go_package(path, module.path, module.version, layer=layer)
