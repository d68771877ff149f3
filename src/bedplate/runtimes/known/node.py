"""Node.js."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime, Tool
from bedplate.model.want import KIB, MIB, Want
from bedplate.runtimes import node_tools
from bedplate.runtimes.installation import (
    below,
    has_own_prefix,
    is_packaged,
    libraries,
    prefix_of,
    present,
    program,
    programs,
)
from bedplate.runtimes.version_text import found, group, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "node"
TITLE = "Node.js"
EOL_PRODUCT = "nodejs"

# `process.release.sourceUrl`: every build holds it, the official ones and those of others.
_SEARCH = (
    rb"/node-v(\d{1,3}\.\d{1,3}\.\d{1,3}(?:-(?!headers)[0-9A-Za-z.]{1,60})?)(?:-headers)?\.tar\.gz"
)
_NEEDLE = b"/node-v"

_PROGRAMS = ("**/bin/node", "**/bin/nodejs", "**/bin/node-*")
_NAME = re.compile(r"node(?:js)?(?:-\d{1,3})?")
_LIBRARY = "**/libnode.so.*"  # Debian and Fedora build the program upon a shared library
_HEADER = "include/node/node_version.h"

WANTS: tuple[Want, ...] = (
    *(want for glob in _PROGRAMS for want in program(glob, _SEARCH, _NEEDLE)),
    Want(_LIBRARY, 256 * MIB, search=_SEARCH, needle=_NEEDLE),
    Want(f"**/{_HEADER}", 64 * KIB, head=True),
    *node_tools.WANTS,
)

_NUMBERS = tuple(
    re.compile(rf"^#define NODE_{part}_VERSION (\d{{1,4}})\s*$", re.MULTILINE)
    for part in ("MAJOR", "MINOR", "PATCH")
)

# What the archive of a release puts into a prefix.
_FILES = (
    "bin/node",
    "bin/nodejs",
    "include/node",
    "share/doc/node",
    "share/man/man1/node.1",
    "share/systemtap/tapset/node.stp",
    "share/systemtap/tapset/nodejs.stp",
)
_TEXTS = ("CHANGELOG.md", "LICENSE", "README.md")


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every program whose headers, own words or library show that it is Node.js."""
    seen = set()
    for path in programs(tree, *_PROGRAMS):
        if not _NAME.fullmatch(path.rpartition("/")[2]):
            continue
        prefix = prefix_of(path)
        version, evidence = _version(tree, prefix, path)
        if version and prefix not in seen:
            seen.add(prefix)
            yield Runtime(
                NAME,
                TITLE,
                version,
                path,
                evidence,
                bundled=node_tools.tools(tree, prefix),
                roots=_roots(tree, prefix, path),
                packaged=is_packaged(tree, path),
            )


def _version(tree: Tree, prefix: str, path: str) -> tuple[str, str]:
    header = below(prefix, _HEADER)
    numbers = [group(pattern, tree.read(header)) for pattern in _NUMBERS]
    if all(numbers):
        return ".".join(numbers), header
    if version := found(tree, path):
        return version, path
    for library in libraries(tree, prefix, _LIBRARY):
        if version := found(tree, library):
            return version, library
    return "", ""


def _roots(tree: Tree, prefix: str, path: str) -> tuple[str, ...]:
    if has_own_prefix(tree, prefix, ("include/node", "lib/node_modules/npm")):
        return (prefix,)
    texts = _TEXTS if tree.get(below(prefix, _HEADER)) else ()
    return tuple(dict.fromkeys((path, *present(tree, prefix, (*_FILES, *texts)))))


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `NODE_VERSION` and `YARN_VERSION`, which the official image sets."""
    name, version = variable(config, ("NODE_VERSION",))
    if not name:
        return None
    yarn, yarn_version = variable(config, ("YARN_VERSION",))
    bundled = (Tool("yarn", yarn_version, evidence=f"config: {yarn}"),) if yarn else ()
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}", bundled=bundled)


def cycle(version: str, /) -> str:
    """Give `20` of `20.20.2`."""
    return leading(version, 1)
