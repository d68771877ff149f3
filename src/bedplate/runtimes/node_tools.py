"""The package managers that stand beside Node.js: npm, corepack, yarn, pnpm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bedplate.model.runtime import Tool
from bedplate.model.want import MIB, Want
from bedplate.runtimes.installation import below, kept, present

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.tree import Tree

_PROGRAMS = {
    "npm": ("npm", "npx"),
    "corepack": ("corepack",),
    "yarn": ("yarn", "yarnpkg"),
    "pnpm": ("pnpm", "pnpx"),
}
_NAMES = tuple(_PROGRAMS)

# Beside a prefix's programs; Fedora adds the major version, Debian has folders of its own.
_GLOBS = (
    *(f"**/lib/node_modules/{name}/package.json" for name in _NAMES),
    "usr/lib/node_modules_*/npm/package.json",
    "usr/share/nodejs/npm/package.json",
    "usr/share/nodejs/corepack/package.json",
    "usr/share/nodejs/yarn/package.json",
    "usr/share/yarn/package.json",
    "opt/yarn-*/package.json",
)

WANTS: tuple[Want, ...] = tuple(Want(glob, MIB) for glob in _GLOBS)


def tools(tree: Tree, prefix: str) -> tuple[Tool, ...]:
    """Give the tools of one installation.

    Args:
        tree: read with `WANTS`.
        prefix: where Node.js stands; tools in `opt` and `usr/share` are taken for those of
            an installation in `usr` or `usr/local`.
    """
    found = sorted(_tools(tree, prefix), key=lambda tool: _NAMES.index(tool.name))
    return tuple(found)


def _tools(tree: Tree, prefix: str) -> Iterator[Tool]:
    system = prefix in ("", "usr", "usr/local")
    own = below(prefix, "lib/node_modules")
    for glob in _GLOBS:
        for path in kept(tree, glob):
            folder = path.rpartition("/")[0]
            place = folder.rpartition("/")[0]
            beside = place == own or (prefix == "usr" and place.startswith(f"{own}_"))
            if not beside and not (system and place.startswith(("usr/share", "opt"))):
                continue
            name, version = _named(tree.read(path))
            if name in _PROGRAMS:
                links = present(tree, prefix, (f"bin/{program}" for program in _PROGRAMS[name]))
                yield Tool(name, version, (folder, *links), path)


def _named(content: bytes | None) -> tuple[str, str]:
    """Give name and version of a package.json; both empty when it is none."""
    try:
        document = json.loads(content or b"")
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(document, dict):
        return "", ""
    name, version = document.get("name"), document.get("version")
    if not isinstance(name, str) or not isinstance(version, str):
        return "", ""
    return name, version if version.isprintable() and len(version) < 100 else ""
