"""The folders of `/etc/ld.so.conf`, from which `ldconfig` makes the cache.

Source: ldconfig(8); glibc, elf/ldconfig.c, `parse_conf`.
"""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.model.tree import Tree

    Read = Callable[[str], bytes | memoryview | None]

_FILE = "etc/ld.so.conf"
_MAX_FILES = 200
_MAX_SIZE = 64 * 1024


def configured_folders(tree: Tree, read: Read) -> tuple[str, ...]:
    """Give the folders in order, without a leading slash.

    Args:
        tree: whose folders patterns are matched against.
        read: gives bytes by path.
    """
    folders: dict[str, None] = {}
    pending = [_FILE]
    seen: set[str] = set()
    while pending and len(seen) < _MAX_FILES:
        path = pending.pop(0)
        if path in seen:
            continue
        seen.add(path)
        content = bytes(read(path) or b"")[:_MAX_SIZE]
        included = []
        for line in content.decode("utf-8", "surrogateescape").splitlines():
            words = line.partition("#")[0].replace("\t", " ").split()
            if words[:1] == ["include"]:
                included += [match for word in words[1:] for match in _matches(tree, word)]
            elif words and words[0].startswith("/"):
                folders.setdefault(words[0].partition("=")[0].strip("/"))
        pending = included + pending
    return tuple(folders)


def _matches(tree: Tree, pattern: str) -> Iterator[str]:
    """Give the files that a pattern stands for; only its last part is matched."""
    folder, name = posixpath.split(posixpath.join("/etc", pattern).lstrip("/"))
    for child in sorted(tree.children(folder)):
        if fnmatchcase(child, name):
            yield f"{folder}/{child}"
