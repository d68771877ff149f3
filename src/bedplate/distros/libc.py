"""The C libraries of a root file system, with their versions.

glibc says its version in a banner that running `libc.so.6` prints; musl holds the bare
version in its loader, which is the library itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.base_facts import Libc
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.tree import Tree

_GLIBC_BANNER = rb"GNU C Library [^\n\x00]{0,120}?release version (\d{1,2}\.\d{1,3}(?:\.\d{1,4})?)"
# Nothing near the string names it, but no other string of musl looks like it.
_MUSL_VERSION = rb"\x00([01]\.\d{1,2}\.\d{1,3}(?:[-_]git[-_0-9a-z]{0,40})?)\x00"

WANTS: tuple[Want, ...] = (
    Want("**/libc.so.6", 64 * MIB, search=_GLIBC_BANNER, needle=b"GNU C Library "),
    # before glibc 2.34 libc.so.6 was a link to a file with the version in its name
    Want("**/libc-2.*.so", 64 * MIB, search=_GLIBC_BANNER, needle=b"GNU C Library "),
    Want("**/ld-musl-*.so.1", 8 * MIB, search=_MUSL_VERSION),
    # Debian: the loader is a link to usr/lib/*-linux-musl/libc.so
    Want("**/libc.so", 8 * MIB, search=_MUSL_VERSION),
)

_FOLDERS = ("lib", "lib64", "lib32", "libx32", "usr/lib", "usr/lib64", "usr/lib32")
_FOREIGN = ("usr/glibc-compat/lib", "usr/glibc-compat/lib64")  # glibc beside Alpine's musl
_STORES = ("nix/store", "gnu/store")

_TRIPLET = re.compile(r"[a-z0-9_]+-linux-(?:gnu|musl)[a-z0-9_]*")
_OLD_GLIBC = re.compile(r"libc-(2\.\d{1,3}(?:\.\d{1,3})?)\.so")
_MUSL_LOADER = re.compile(r"ld-musl-[a-z0-9_]+\.so\.1")
_UCLIBC = re.compile(r"(?:libuClibc|ld\d*-uClibc)-(\d{1,2}\.\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\.so")


def find_libcs(tree: Tree) -> tuple[Libc, ...]:
    """Give the C libraries: `glibc`, `musl`, `uclibc`; empty when there is none.

    Only places that a loader looks in count: a copy in an application's own folder runs
    nothing else. Statically linked programs need none, so an image of those has none.
    """
    found: dict[tuple[str, str], Libc] = {}
    for folder in _folders(tree):
        for libc in _in_folder(tree, folder):
            found.setdefault((libc.name, libc.version), libc)
    # the same library without a version (unreadable, or another architecture's) adds nothing
    versioned = {libc.name for libc in found.values() if libc.version}
    return tuple(libc for libc in found.values() if libc.version or libc.name not in versioned)


def _folders(tree: Tree) -> Iterator[str]:
    """Walk the folders in which a C library may stand, each real folder once."""
    seen = set()
    for top in (*_FOLDERS, *_FOREIGN):
        entry = tree.resolve(top)
        if entry is None or entry.path in seen:
            continue
        seen.add(entry.path)
        # Debian keeps its own library below, and a second one (musl) on top
        for name in tree.children(top):
            if _TRIPLET.fullmatch(name):
                yield f"{top}/{name}"
        yield top
    for store in _STORES:
        for name in tree.children(store):
            if "-glibc-" in name or "-musl-" in name:
                yield f"{store}/{name}/lib"


def _in_folder(tree: Tree, folder: str) -> Iterator[Libc]:
    for name in tree.children(folder):
        if not name.startswith("l"):
            continue
        path = f"{folder}/{name}"
        if name == "libc.so.6":
            entry = tree.resolve(path)
            if entry is not None:
                old = _OLD_GLIBC.fullmatch(entry.path.rpartition("/")[2])
                yield Libc("glibc", _found(tree, path) or (old.group(1) if old else ""), path)
        elif _MUSL_LOADER.fullmatch(name):
            if tree.resolve(path) is not None:
                yield Libc("musl", _found(tree, path), path)
        elif match := _UCLIBC.fullmatch(name):
            yield Libc("uclibc", match.group(1), path)


def _found(tree: Tree, path: str) -> str:
    return (tree.found(path) or b"").decode("ascii", "replace")
