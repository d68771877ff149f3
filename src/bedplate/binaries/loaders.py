"""Find the dynamic loaders of a tree, and read what is compiled into them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.binaries.elf import read_elf
from bedplate.binaries.ld_so_cache import read_ld_so_cache
from bedplate.binaries.ld_so_conf import configured_folders
from bedplate.errors import InvalidBinary
from bedplate.model.loader import Loader, LoaderKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bedplate.model.elf_file import ElfFile
    from bedplate.model.tree import Tree

    Read = Callable[[str], bytes | memoryview | None]

_FOLDERS = ("lib", "lib64", "lib32", "libx32")
_GLIBC = re.compile(r"ld-linux[-a-z0-9_]*\.so\.\d|ld64\.so\.\d|ld\.so\.1")
_MUSL = re.compile(r"ld-musl-([a-z0-9_]{1,20})\.so\.1")
_CACHE = "etc/ld.so.cache"

_MUSL_VERSION = re.compile(rb"\0([01]\.\d{1,2}\.\d{1,3}(?:[-_]git[-_0-9a-z]{0,40})?)\0")
_MUSL_FOLDERS = ("lib", "usr/local/lib", "usr/lib")
# ldso/dynlink.c and ldso/lfs64 of musl: names one after another, without their "64"
_HIDDEN_NAMES = re.compile(rb"aio_cancel\0aio_error\0(?:[a-z_0-9]{2,30}\0){20,200}")
# elf/dl-load.c of glibc, `system_dirs`
_FOLDER_LIST = re.compile(rb"(?:(?:/[A-Za-z0-9_+.-]{1,60}){1,8}/\0){2,8}")
_GLIBC_FOLDERS = {64: ("lib64", "usr/lib64", "lib", "usr/lib"), 32: ("lib", "usr/lib")}


def find_loaders(tree: Tree, read: Read) -> tuple[Loader, ...]:
    """Give the loaders, those of musl first.

    Args:
        tree: the root file system.
        read: gives bytes by path.
    """
    found = list(_find(tree, read))
    return tuple(sorted(found, key=lambda loader: loader.kind is not LoaderKind.MUSL))


def _find(tree: Tree, read: Read) -> Iterator[Loader]:
    seen = set()
    for folder in _FOLDERS:
        for name in tree.children(folder):
            if not (_GLIBC.fullmatch(name) or _MUSL.fullmatch(name)):
                continue
            entry = tree.resolve(f"{folder}/{name}")
            if entry is None or (entry.path, name) in seen:
                continue
            seen.add((entry.path, name))
            data = read(entry.path)
            loader = read_loader(f"{folder}/{name}", data, tree, read) if data else None
            if loader:
                yield loader


def read_loader(path: str, data: bytes | memoryview, tree: Tree, read: Read) -> Loader | None:
    """Read one loader.

    Args:
        path: as programs name it, without a leading slash.
        data: its bytes.
        tree: where its path file, cache and configuration are.
        read: gives their bytes.

    Returns:
        None when it is none that we know the rules of: gcompat's stub has this name too.
    """
    try:
        elf = read_elf(data)
    except InvalidBinary:
        return None
    if match := _MUSL.fullmatch(path.rpartition("/")[2]):
        return _musl(path, match[1], data, elf, read)
    if not any(name.startswith("GLIBC_") for name in elf.versions_defined):
        return None
    folders = _compiled_in(data) or _GLIBC_FOLDERS[elf.bits]
    cached = _cached(tree, read)
    if cached is None:  # there is a cache that was not kept: it was made from the configuration
        folders = tuple(dict.fromkeys((*configured_folders(tree, read), *folders)))
    return Loader(
        LoaderKind.GLIBC, path, elf.machine, elf.bits, folders=folders, cached=cached or ()
    )


def _musl(
    path: str, architecture: str, data: bytes | memoryview, elf: ElfFile, read: Read
) -> Loader:
    version = _MUSL_VERSION.search(data)
    names = _HIDDEN_NAMES.search(data)
    configured = read(f"etc/ld-musl-{architecture}.path")
    folders = _MUSL_FOLDERS if configured is None else _listed(bytes(configured))
    return Loader(
        LoaderKind.MUSL,
        path,
        elf.machine,
        elf.bits,
        version=version[1].decode() if version else "",
        folders=folders,
        hidden_names=_with_suffix(names[0]) if names else frozenset(),
    )


def _with_suffix(names: bytes) -> frozenset[bytes]:
    """Give the names as programs ask for them."""
    plain = names.rstrip(b"\0").split(b"\0")
    return frozenset({name + b"64" for name in plain} | {b"readdir64_r"})


def _listed(content: bytes) -> tuple[str, ...]:
    """Split a path file, by colons and line breaks."""
    names = re.split(r"[:\n]", content[: 64 * 1024].decode("utf-8", "surrogateescape"))
    return tuple(name.strip("/") for name in names if name.startswith("/"))


def _compiled_in(data: bytes | memoryview) -> tuple[str, ...]:
    for match in _FOLDER_LIST.finditer(data):
        folders = [name.decode().strip("/") for name in match[0].split(b"\0") if name]
        if all("lib" in folder for folder in folders):
            return tuple(folders)
    return ()


def _cached(tree: Tree, read: Read) -> tuple[str, ...] | None:
    """Give what the cache lists; None when it is there, but can't be read."""
    if tree.resolve(_CACHE) is None:
        return ()
    content = read(_CACHE)
    return None if content is None else read_ld_so_cache(bytes(content))
