"""Library search by the rules of musl: no cache, no SONAME, libc under many names.

Source: musl, ldso/dynlink.c, `load_library`, `fixup_rpath`, `path_open`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.binaries.link_map import Loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.binaries.library_search import Surroundings
    from bedplate.binaries.library_world import Library
    from bedplate.binaries.link_map import LinkMap

# all that POSIX and others put into libraries of their own is in one
_RESERVED = re.compile(r"lib(?:c|pthread|rt|m|dl|util|xnet)\.")
_LIBC = "libc.so"
_ORIGIN = re.compile(r"\$(?:ORIGIN|\{ORIGIN\})")
_MAX_NAME = 255


def register(one: Loaded, links: LinkMap, /) -> None:
    """Take an object in that was opened by a path: it has no short name."""
    links.add(one)


def register_loader(loader: Loaded, links: LinkMap, /) -> None:
    """Take the loader in, which is libc too."""
    links.add(loader, _LIBC, f"/{loader.path}")


def find(name: str, user: Loaded, links: LinkMap, around: Surroundings, /) -> Loaded | None:
    """Give the object that a name stands for."""
    if _RESERVED.match(name):
        return links.by_name(_LIBC)
    if there := links.by_name(name):
        return there
    for path in _paths(name, user, around):
        library = links.search(around.world, path)
        if library is None:
            continue
        if _is_libc(library):
            return links.by_name(_LIBC)
        one = links.by_file(library.path) or Loaded(path, library, user)
        links.add(one, "" if "/" in name else name)
        return one
    return None


def _is_libc(library: Library) -> bool:
    """Tell whether this is a C library under another name, which is never loaded twice."""
    symbols = library.elf.symbols
    return symbols.exported(b"__libc_start_main") and symbols.exported(b"stdin")


def _paths(name: str, user: Loaded, around: Surroundings) -> Iterator[str]:
    if "/" in name:
        yield name.lstrip("/")
        return
    if len(name) > _MAX_NAME:
        return
    for folder in around.settings.library_path:
        yield f"{folder}/{name}"
    for one in user.users():
        for folder in _folders(one):
            yield f"{folder}/{name}"
    for folder in around.loader.folders:
        yield f"{folder}/{name}"


def _folders(owner: Loaded) -> Iterator[str]:
    """Give RUNPATH or else RPATH; a variable other than `$ORIGIN` makes all of it void."""
    elf = owner.library.elf
    folders = _ORIGIN.sub(f"/{owner.origin}", elf.runpath or elf.rpath)
    if "$" in folders.replace(owner.origin, ""):
        return
    for folder in re.split(r"[:\n]", folders):
        if folder.startswith("/"):
            yield folder.strip("/")
