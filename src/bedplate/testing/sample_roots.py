"""Small root file systems of hand-made programs and libraries."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from bedplate.binaries.library_world import loader_of
from bedplate.binaries.library_worlds import TreeLibraries
from bedplate.binaries.process import Process, start
from bedplate.testing.elf_builder import ElfBuilder, ElfSymbol
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.binaries.link_map import Settings

GLIBC = "lib64/ld-linux-x86-64.so.2"
MUSL = "lib/ld-musl-x86_64.so.1"
_DEBIAN = b"\0/lib/x86_64-linux-gnu/\0/usr/lib/x86_64-linux-gnu/\0/lib/\0/usr/lib/\0"
_HIDDEN = b"aio_cancel\0aio_error\0" + b"".join(b"f%d\0" % n for n in range(10, 40)) + b"open\0\0"

LD_LINUX = ElfBuilder(
    soname="ld-linux-x86-64.so.2",
    defines=("GLIBC_2.3",),
    symbols=(ElfSymbol("__tls_get_addr", version="GLIBC_2.3"),),
    rodata=_DEBIAN,
).build()
LIBC = ElfBuilder(
    soname="libc.so.6",
    needed=("ld-linux-x86-64.so.2",),
    defines=("GLIBC_2.2.5", "GLIBC_2.34"),
    symbols=(
        ElfSymbol("printf", version="GLIBC_2.2.5"),
        ElfSymbol("memcpy", version="GLIBC_2.2.5", hidden=True),
        ElfSymbol("gone", version="GLIBC_2.34", hidden=True),
        ElfSymbol("__libc_start_main", version="GLIBC_2.34"),
        ElfSymbol("stdin", version="GLIBC_2.2.5"),
    ),
).build()
LD_MUSL = ElfBuilder(
    soname="libc.musl-x86_64.so.1",
    symbols=tuple(ElfSymbol(n) for n in ("__libc_start_main", "stdin", "printf", "open")),
    rodata=b"\0001.2.5\0" + _HIDDEN,
).build()

GLIBC_FILES: dict[str, bytes | str] = {
    GLIBC: "/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
    "lib": "usr/lib",
    "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": LD_LINUX,
    "usr/lib/x86_64-linux-gnu/libc.so.6": LIBC,
}
MUSL_FILES: dict[str, bytes | str] = {
    MUSL: LD_MUSL,
    "lib/libc.musl-x86_64.so.1": "ld-musl-x86_64.so.1",
}


def library(*needed: str, soname: str = "", rpath: str = "", runpath: str = "") -> bytes:
    """Make a library."""
    return ElfBuilder(needed=needed, soname=soname, rpath=rpath, runpath=runpath).build()


def program(*needed: str, loader: str = GLIBC, rpath: str = "", runpath: str = "") -> bytes:
    """Make a program."""
    return ElfBuilder(interpreter=f"/{loader}", needed=needed, rpath=rpath, runpath=runpath).build()


def glibc(
    files: Mapping[str, bytes | str],
    folders: Iterable[str] = (),
    modes: Mapping[str, int] | None = None,
) -> TreeLibraries:
    """Make a root with glibc, as Debian has it, without a cache unless it is among the files."""
    return TreeLibraries(MemoryTree(GLIBC_FILES | dict(files), folders=folders, modes=modes))


def musl(files: Mapping[str, bytes | str]) -> TreeLibraries:
    """Make a root with musl, as Alpine has it."""
    return TreeLibraries(MemoryTree(MUSL_FILES | dict(files)))


def run(world: TreeLibraries, path: str = "app", settings: Settings | None = None) -> Process:
    """Bring a program into a process."""
    found = world.library(path)
    loader = loader_of(world, found.elf.interpreter) if found else None
    if found is None or loader is None:
        raise ValueError(f"{path} can't be started in this root")
    return start(world, found, loader, settings)


def opened(process: Process) -> list[str]:
    """Give the paths by which libraries were opened, without the program."""
    return [one.path for one in process.objects[1:]]


def cache(*paths: str, of_processor: tuple[str, ...] = ()) -> bytes:
    """Make a cache of glibc's loader."""
    rows = [(path, 0) for path in paths] + [(path, 1 << 62) for path in of_processor]
    strings, entries = b"", b""
    start = 48 + 24 * len(rows)
    for path, processor in rows:
        place = start + len(strings)
        name = path.rpartition("/")[2].encode()
        strings += path.encode() + b"\0" + name + b"\0"
        entries += pack("<iIIIQ", 0x303, place + len(path) + 1, place, 0, processor)
    head = b"glibc-ld.so.cache1.1" + pack("<IIB3xI12x", len(rows), len(strings), 2, 0)
    return head + entries + strings
