"""Make the profile of a base from its tree."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from bedplate.binaries.accounts import read_groups, read_users
from bedplate.binaries.elf_extract import ELF_FACTS
from bedplate.binaries.ld_so_conf import configured_folders
from bedplate.binaries.library_world import loader_of
from bedplate.binaries.node_versions import api_version, module_version
from bedplate.binaries.process import start
from bedplate.binaries.python_extension import suffix_among
from bedplate.distros.userland import find_certificates, find_shells, find_time_zones
from bedplate.errors import LimitExceeded
from bedplate.model.abi_profile import AbiProfile, MainProgram
from bedplate.model.file_entry import FileKind
from bedplate.model.want import MIB, Want

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.binaries.library_worlds import TreeLibraries
    from bedplate.model.elf_file import ElfFile
    from bedplate.model.runtime import Runtime
    from bedplate.model.tree import Tree

_TRIPLETS = tuple(
    f"{processor}-linux-{libc}"
    for processor in ("x86_64", "aarch64", "i386", "arm", "s390x", "powerpc64le", "riscv64")
    for libc in ("gnu", "gnueabihf", "musl")
)
_LIBRARY_FOLDERS = (
    *("lib", "lib64", "usr/lib", "usr/lib64", "usr/local/lib", "usr/local/lib64"),
    *(f"{top}/{triplet}" for top in ("lib", "usr/lib") for triplet in _TRIPLETS),
)
_MUSL_PROCESSORS = (
    "x86_64",
    "aarch64",
    "i386",
    "armhf",
    "armv7",
    "s390x",
    "powerpc64le",
    "riscv64",
)
_LOADERS = (
    *("ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "ld-linux.so.2", "ld-linux-armhf.so.3"),
    *("ld-linux-riscv64-lp64d.so.1", "ld64.so.1", "ld64.so.2"),
    "ld-2.*.so",  # before glibc 2.34 the names above were links to this one
    *(f"ld-musl-{name}.so.1" for name in _MUSL_PROCESSORS),
    "libc.so",  # Debian: what the loader of musl is a link to
)
_LIMIT = 256 * MIB
WANTS: tuple[Want, ...] = (
    Want("**/lib*.so*", _LIMIT, extract=ELF_FACTS),
    *(Want(f"**/bin/{name}", _LIMIT, extract=ELF_FACTS) for name in ("node", "nodejs")),
    Want("**/bin/python*", _LIMIT, extract=ELF_FACTS, program=True),
    *(Want(f"**/{name}", 4 * MIB) for name in _LOADERS),
    *(Want(f"etc/ld-musl-{name}.path") for name in _MUSL_PROCESSORS),
    Want("etc/ld.so.cache", 4 * MIB),
    Want("etc/ld.so.conf"),
    Want("etc/ld.so.conf.d/*"),
    Want("etc/passwd"),
    Want("etc/group"),
)
_SHARED = re.compile(r".+\.so(?:\.[A-Za-z0-9_.-]+)?")
_COMMAND_FOLDERS = (
    "usr/local/sbin",
    "usr/local/bin",
    "usr/sbin",
    "usr/bin",
    "sbin",
    "bin",
    "busybox",
)
_TEMPORARY = ("tmp", "var/tmp", "dev/shm")
_TOLD_APART_BY = (
    "etc/alpine-release",
    "etc/os-release",
    "etc/nsswitch.conf",
    "etc/hosts",
    "etc/passwd",
    "etc/group",
    "etc/localtime",
    "usr/bin/ldd",
    "usr/bin/env",
    "usr/bin/getent",
    "usr/lib/locale",
    "etc/ssl/openssl.cnf",
)
_MAX_LIBRARIES = 5000
_MAX_COMMANDS = 10_000


def read_abi_profile(
    world: TreeLibraries, runtimes: Iterable[Runtime] = (), *, libraries: bool = True
) -> AbiProfile:
    """Make a profile.

    Args:
        world: libraries of the tree of a base; what can't be read is in its `skipped`.
        runtimes: that were found in it; those of Node.js and Python load libraries of others.
        libraries: read all of them; False when the world is at hand to be asked for each.

    Raises:
        LimitExceeded: more libraries than any base has.
    """
    tree = world.tree
    folders = _folders(world)
    programs = tuple(_main_programs(world, runtimes))
    found = dict(_libraries(world, folders, programs)) if libraries else {}
    loaders = tuple(world.loaders)
    return AbiProfile(
        machine=loaders[0].machine if loaders else 0,
        loaders=loaders,
        libraries=found,
        folders=folders,
        links=_links(tree, folders, programs, found) if libraries else {},
        commands=tuple(islice(_commands(tree), _MAX_COMMANDS)),
        main_programs=programs,
        shells=find_shells(tree),
        certificates=find_certificates(tree),
        time_zones=find_time_zones(tree),
        users=read_users(tree.read("etc/passwd") or b""),
        groups=read_groups(tree.read("etc/group") or b""),
        temporary=tuple(folder for folder in _TEMPORARY if _everybody_writes(tree, folder)),
        files=tuple(path for path in _TOLD_APART_BY if tree.resolve(path)),
    )


def _folders(world: TreeLibraries) -> tuple[str, ...]:
    """Give the folders that loaders search without being told, each once."""
    named = [folder for loader in world.loaders for folder in loader.folders]
    named += [path.rpartition("/")[0] for loader in world.loaders for path in loader.cached]
    named += [*configured_folders(world.tree, world.read), *_LIBRARY_FOLDERS]
    found = (world.tree.resolve(folder) for folder in named)
    return tuple(dict.fromkeys(one.path for one in found if one and one.kind is FileKind.DIRECTORY))


def _libraries(
    world: TreeLibraries, folders: Iterable[str], programs: Iterable[MainProgram]
) -> Iterator[tuple[str, ElfFile]]:
    places = [path for program in programs for path in _closure(world, program.path)]
    places += [
        f"{folder}/{name}"
        for folder in folders
        for name in world.tree.children(folder)
        if _SHARED.fullmatch(name)
    ]
    if len(places) > _MAX_LIBRARIES:
        raise LimitExceeded(f"a base of more than {_MAX_LIBRARIES} libraries")
    found = (world.library(place) for place in places)
    return ((one.path, one.elf) for one in found if one)


def _closure(world: TreeLibraries, path: str) -> Iterator[str]:
    """Give the files that a program brings into its process, wherever they stand."""
    program = world.library(path)
    loader = loader_of(world, program.elf.interpreter) if program else None
    yield path
    if program and loader:
        yield from (one.path for one in start(world, program, loader).objects)


def _links(
    tree: Tree,
    folders: Iterable[str],
    programs: Iterable[MainProgram],
    libraries: Iterable[str],
) -> dict[str, str]:
    """Give the links that lead to the libraries, and those of the folders above them."""
    places = [f"{folder}/{name}" for folder in folders for name in tree.children(folder)]
    places += [program.path for program in programs]
    places += [*_LIBRARY_FOLDERS, *_COMMAND_FOLDERS]
    targets = {*libraries, *folders, *_COMMAND_FOLDERS, *(f"usr/{top}" for top in _LIBRARY_FOLDERS)}
    links = {}
    for place in places:
        entry = tree.get(place)
        if entry is not None and entry.kind in (FileKind.SYMLINK, FileKind.HARDLINK):
            end = tree.resolve(place)
            real = end.link if end and end.kind is FileKind.HARDLINK else end.path if end else ""
            if real in targets and real != entry.path:
                links[entry.path] = real
    return links


def _commands(tree: Tree) -> Iterator[str]:
    seen = set()
    for folder in _COMMAND_FOLDERS:
        entry = tree.resolve(folder)
        if entry is None or entry.path in seen:
            continue
        seen.add(entry.path)
        for name in tree.children(entry.path):
            end = tree.resolve(f"{entry.path}/{name}")
            if end and end.kind in (FileKind.FILE, FileKind.HARDLINK) and end.mode & 0o111:
                yield f"{entry.path}/{name}"


def _main_programs(world: TreeLibraries, runtimes: Iterable[Runtime]) -> Iterator[MainProgram]:
    for runtime in runtimes:
        path, version = runtime.path, runtime.version
        if runtime.name not in ("node", "python") or world.library(path) is None:
            continue
        if runtime.name == "python":
            suffix = suffix_among(_own_modules(world.tree, runtime))
            yield MainProgram("python", path, version, suffix=suffix)
        else:
            interfaces = api_version(version), module_version(version)
            yield MainProgram("node", path, version, *interfaces, lazy=True)


def _own_modules(tree: Tree, runtime: Runtime) -> list[str]:
    """Give the file names of the extension modules that came with an interpreter."""
    prefix = runtime.path.rpartition("/")[0].rpartition("/")[0]
    cycle = ".".join(runtime.version.split(".")[:2])
    folder = f"{prefix}/lib/python{cycle}/lib-dynload".lstrip("/")
    return [name for name in tree.children(folder) if name.endswith(".so")]


def _everybody_writes(tree: Tree, folder: str) -> bool:
    entry = tree.resolve(folder)
    return entry is not None and entry.kind is FileKind.DIRECTORY and bool(entry.mode & 0o002)
