"""Library search by the rules of glibc.

Source: ld.so(8); glibc, elf/dl-load.c, `_dl_map_object`, `expand_dynamic_string_token`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from bedplate.binaries.link_map import Loaded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.binaries.library_search import Surroundings
    from bedplate.binaries.link_map import LinkMap

_TOKEN = re.compile(r"\$(?:\{(ORIGIN|LIB|PLATFORM)\}|(ORIGIN|LIB|PLATFORM)(?![A-Za-z0-9_]))")
_PLATFORMS = {3: "i686", 62: "x86_64", 183: "aarch64", 40: "v7l", 22: "z900", 21: "power8"}


def register(one: Loaded, links: LinkMap, /) -> None:
    """Take an object in under its SONAME, which is what later names are compared with."""
    links.add(one, one.library.elf.soname)


def register_loader(loader: Loaded, links: LinkMap, /) -> None:
    """Take the loader in: its SONAME is found without a search."""
    register(loader, links)


def find(name: str, user: Loaded, links: LinkMap, around: Surroundings, /) -> Loaded | None:
    """Give the object that a name stands for."""
    if there := links.by_name(name):
        return there
    for path in _paths(name, user, around):
        library = links.search(around.world, path)
        if library and library.elf.runs_like(user.library.elf):
            one = links.by_file(library.path) or Loaded(path, library, user)
            links.add(one, name, library.elf.soname)
            return one
    return None


def _paths(name: str, user: Loaded, around: Surroundings) -> Iterator[str]:
    if "/" in name:
        yield _expanded(name, user, around).lstrip("/")
        return
    for folder in _told_folders(user, around):
        yield from _in_folder(folder, name, around)
    yield from _cached(around.loader.cached).get(name, ())
    for folder in around.loader.folders:
        yield from _in_folder(folder, name, around)


def _told_folders(user: Loaded, around: Surroundings) -> Iterator[str]:
    """Give the folders that files and environment name, in the order of the search."""
    if not user.library.elf.runpath:
        for one in user.users():
            if not one.library.elf.runpath:
                yield from _split(one.library.elf.rpath, one, around)
    yield from around.settings.library_path
    yield from _split(user.library.elf.runpath, user, around)


def _split(folders: str, owner: Loaded, around: Surroundings) -> Iterator[str]:
    for folder in folders.split(":") if folders else ():
        expanded = _expanded(folder, owner, around)
        if expanded.startswith("/"):  # others are relative to a folder that nobody knows
            yield expanded.strip("/")


def _expanded(text: str, owner: Loaded, around: Surroundings) -> str:
    if "$" not in text:
        return text
    values = {
        "ORIGIN": f"/{owner.origin}",
        "LIB": around.loader.folders[0] if around.loader.folders else "lib",
        "PLATFORM": _PLATFORMS.get(around.loader.machine, ""),
    }
    return _TOKEN.sub(lambda match: values[match[1] or match[2]], text)


def _in_folder(folder: str, name: str, around: Surroundings) -> Iterator[str]:
    """Give the places in a folder, those for better processors first."""
    for level in range(around.settings.isa_level, 1, -1):
        yield f"{folder}/glibc-hwcaps/x86-64-v{level}/{name}"
    yield f"{folder}/{name}"


@lru_cache(maxsize=64)
def _cached(paths: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Index a cache by name, which is the last part of each path."""
    index: dict[str, tuple[str, ...]] = {}
    for path in paths:
        name = path.rpartition("/")[2]
        index[name] = (*index.get(name, ()), path)
    return index
