"""npm packages that are installed: `package.json` in `node_modules` folders."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.npm_packages import npm_package, read_package_json
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.tree import Tree

NAME = "npm"
WANTS: tuple[Want, ...] = (
    Want("**/node_modules/*/package.json"),
    Want("**/node_modules/@*/*/package.json"),
    # Yarn, as the official Node.js images unpack it.
    Want("opt/*/package.json"),
    # Where Debian's node looks beside node_modules (its NODE_PATH).
    *(
        Want(f"{folder}/{package}/package.json")
        for folder in ("usr/share/nodejs", "usr/lib/nodejs", "usr/lib/*/nodejs")
        for package in ("*", "@*/*")
    ),
)

_MAX_PACKAGES = 200_000
# What they have below them is updated with them, by nobody else.
_TOOLS = frozenset({"npm", "corepack", "yarn", "pnpm"})


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield one package for each folder that has a `package.json` with name and version.

    Global packages (npm and what it bundles, which is marked) and the stores of pnpm are such
    folders too.

    Args:
        tree: the file system; the files of `WANTS` must be readable in it.

    Source: Node.js documentation, "Modules: Loading from node_modules folders"; npm
    documentation, "package.json".
    """
    found = list(_found(tree))
    tools = _tools(found)
    for one in found:
        if isinstance(one, Package) and (tool := _tool_above(one.location, tools)):
            yield replace(one, bundled_in=tool)
        else:
            yield one


def _found(tree: Tree) -> Iterator[Package | Skipped]:
    paths = chain.from_iterable(tree.kept(want.glob) for want in WANTS)
    for number, path in enumerate(paths):
        if number == _MAX_PACKAGES:
            yield Skipped("node_modules", f"more than {_MAX_PACKAGES} packages")
            return
        content = tree.read(path)
        if content is not None:
            yield from _package(tree, path, content)


def _tools(found: Iterable[Package | Skipped]) -> dict[str, str]:
    """Map the folders of package managers to their names and versions."""
    return {
        posixpath.dirname(one.location): f"{one.name}@{one.version}"
        for one in found
        if isinstance(one, Package) and one.name in _TOOLS
    }


def _tool_above(path: str, tools: dict[str, str]) -> str:
    """Give the package manager in whose folder a package lies, the outermost one."""
    owner, folder = "", posixpath.dirname(posixpath.dirname(path))
    while folder and tools:
        owner = tools.get(folder, owner)
        folder = posixpath.dirname(folder)
    return owner


def _package(tree: Tree, path: str, content: bytes) -> Iterator[Package | Skipped]:
    try:
        fields = read_package_json(path, content)
    except InvalidDocument as error:
        yield Skipped(path, error.message.removeprefix(f"{path}: "))
        return
    if fields.name and fields.version:
        entry = tree.get(path)
        yield npm_package(
            path,
            fields.name,
            fields.version,
            licenses=fields.licenses,
            layer=entry.layer if entry else None,
        )
