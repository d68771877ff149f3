"""npm packages of a Plug'n'Play installation: `.pnp.cjs`, without any `node_modules`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.each_file import each_file, kept_files
from bedplate.inventory.npm_packages import npm_package
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "yarn-pnp"
_GLOBS = ("**/.pnp.cjs", "**/.pnp.data.json")
WANTS: tuple[Want, ...] = tuple(Want(glob, 32 * MIB) for glob in _GLOBS)

# A package's name with the list of its places, and one place of it; the program holds the
# document as text in which every line ends in a backslash.
_NAME = r'\["((?:@[^"/\s]{1,200}/)?[^"/\s]{1,200})",[\s\\]*\['
_PLACE = r'\["(?:virtual:[^"#]{1,200}#)?npm:([^":\s]{1,200})",[\s\\]*\{'
_TOKENS = re.compile(f"{_NAME}(?=[\\s\\\\]*\\[)|{_PLACE}")


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the packages that a program may load from Yarn's cache.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: Yarn documentation, "PnP Specification" (packageRegistryData).
    """
    return each_file(tree, kept_files(tree, *_GLOBS), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    name = ""
    seen: set[tuple[str, str]] = set()
    for match in _TOKENS.finditer(content.decode("utf-8", "replace")):
        name = match[1] or name
        version = match[2]
        if name and version and (name, version) not in seen:
            seen.add((name, version))
            yield npm_package(path, name, version)
