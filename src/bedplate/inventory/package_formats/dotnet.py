""".NET packages that an application brings along: `*.deps.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.inventory.each_file import each_file, kept_files
from bedplate.inventory.json_document import json_document
from bedplate.inventory.language_package import language_package
from bedplate.model.want import MIB, Want
from bedplate.support.json_fields import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "dotnet"
_GLOB = "**/*.deps.json"
WANTS: tuple[Want, ...] = (Want(_GLOB, 8 * MIB),)

# A self-contained application has the runtime as such a package.
_RUNTIME_PACK = "runtimepack."
_ASSETS = ("runtime", "runtimeTargets", "native")


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the libraries that an application loads, itself and its own projects too.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: .NET runtime documentation, "Runtime Configuration Files" (deps.json).
    """
    return each_file(tree, kept_files(tree, _GLOB), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    document = json_document(path, content)
    target = text(mapping(document.get("runtimeTarget")).get("name"))
    loaded = mapping(mapping(document.get("targets")).get(target))
    for key in mapping(document.get("libraries")):
        name, slash, version = key.partition("/")
        name = name.removeprefix(_RUNTIME_PACK).strip()
        if name and slash and version and _is_loaded(loaded, key):
            yield language_package("nuget", path, name, version)


def _is_loaded(loaded: dict[str, Any], key: str) -> bool:
    """Tell whether a library has something to load, not only to compile against."""
    return not loaded or any(mapping(loaded.get(key)).get(kind) for kind in _ASSETS)
