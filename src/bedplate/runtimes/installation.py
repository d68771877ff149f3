"""Where runtimes stand: programs by name, the prefix around them, the paths that are theirs."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.tree import Tree

_ELF = b"\x7fELF"
# More of one name is no image but an attempt to keep us busy.
_MAX_FILES = 1000
_MAX_PROGRAMS = 100
_MAX_BINARY = 256 * MIB

# Prefixes in which a runtime is one guest among many.
_SHARED = frozenset(("", "usr", "usr/local", "opt", "home", "root", "app", "srv", "var", "data"))

_LIBRARY_FOLDER = re.compile(r"lib(?:32|64)?(?:/[a-z0-9_]+-linux-[a-z0-9]+)?")

_PACKAGE_DATABASES = (
    "var/lib/dpkg/status",
    "var/lib/dpkg/status.d",
    "lib/apk/db/installed",
    "usr/lib/apk/db/installed",
    "var/lib/rpm",
    "usr/lib/sysimage/rpm",
    "var/lib/pacman/local",
)


def program(glob: str, search: bytes | None = None, needle: bytes = b"") -> tuple[Want, ...]:
    """Ask for programs: their first bytes, and what a search of them finds.

    Args:
        glob: `**/bin/node`.
        search: regular expression whose first group is the version; None only asks
            whether there is such a program.
        needle: literal in every match.
    """
    head = Want(glob, len(_ELF), head=True)
    if search is None:
        return (head,)
    return (head, Want(glob, _MAX_BINARY, search=search, needle=needle))


def kept(tree: Tree, glob: str) -> list[str]:
    """List the kept files that match, sorted, up to a bound."""
    return list(islice(tree.kept(glob), _MAX_FILES))


def programs(tree: Tree, *globs: str) -> list[str]:
    """List the ELF files that match, sorted: not the scripts that only stand in for them."""
    paths = {path for glob in globs for path in kept(tree, glob)}
    elf = [path for path in sorted(paths) if (tree.read(path) or b"").startswith(_ELF)]
    return elf[:_MAX_PROGRAMS]


def prefix_of(path: str) -> str:
    """Give the prefix of a program: `usr/local` of `usr/local/bin/node`."""
    return path.rpartition("/")[0].rpartition("/")[0]


def above(path: str, part: str) -> str:
    """Give what stands before a part of a path: `opt/otp` of `opt/otp/releases/26` and `releases`.

    Empty when the path begins with it, or does not hold it.
    """
    return f"/{path}".rpartition(f"/{part}/")[0].removeprefix("/")


def below(prefix: str, name: str) -> str:
    """Join a path to a prefix, which may be the root (empty)."""
    return f"{prefix}/{name}" if prefix else name


def present(tree: Tree, prefix: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give the paths below a prefix that exist, in the order of the names.

    Args:
        tree: where to look.
        prefix: installation prefix.
        names: relative paths; a last component ending in `*` stands for all that begin so.
    """
    paths = []
    for name in names:
        path = below(prefix, name)
        if not path.endswith("*"):
            paths += [path] if tree.get(path) else []
            continue
        folder, _, beginning = path[:-1].rpartition("/")
        paths += [f"{folder}/{n}" for n in tree.children(folder) if n.startswith(beginning)]
    return tuple(dict.fromkeys(paths))


def libraries(tree: Tree, prefix: str, glob: str) -> list[str]:
    """List the kept files that match and stand where a prefix has its shared libraries."""
    start = f"{prefix}/" if prefix else ""
    return [
        path
        for path in kept(tree, glob)
        if path.startswith(start)
        and _LIBRARY_FOLDER.fullmatch(path[len(start) :].rpartition("/")[0])
    ]


def has_own_prefix(tree: Tree, prefix: str, signs: Iterable[str]) -> bool:
    """Tell whether a whole folder is one runtime: it is not shared, and holds a sign."""
    return prefix not in _SHARED and any(tree.get(below(prefix, sign)) for sign in signs)


def is_packaged(tree: Tree, path: str) -> bool:
    """Tell whether the distribution's package manager brought a path, as far as its place says.

    Packages stay out of `usr/local` and `opt`, people who copy mostly out of `usr/bin`.
    """
    if not path.startswith("usr/") or path.startswith("usr/local/"):
        return False
    return any(tree.get(database) for database in _PACKAGE_DATABASES)
