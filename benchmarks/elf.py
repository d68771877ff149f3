"""Milliseconds for an ELF file and for the libraries of a program, beside readelf and ldd."""

from __future__ import annotations

import mmap
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import timing
from benchmarks.measurement import Measurement
from rig.machine import elf_files, machine_tree

from bedplate.binaries.elf import read_elf
from bedplate.binaries.library_world import loader_of
from bedplate.binaries.library_worlds import TreeLibraries
from bedplate.binaries.process import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FOLDERS = ("/usr/lib", "/usr/bin", "/usr/sbin", "/usr/local")
_FILES = 1500
_PEER_FILES = 60
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements."""
    files = list(elf_files(*_FOLDERS))
    files = files[:: len(files) // _FILES + 1]
    print(f"elf: {len(files)} files of this machine, {_size(files) >> 20} MiB, warm")
    _read_all(files)
    own = _median(rounds, lambda: _read_all(files)) / len(files)
    some = files[:: len(files) // _PEER_FILES + 1]
    readelf = _each(some, ["/usr/bin/readelf", "-W", "-d", "-V", "--dyn-syms"])
    detail = f"readelf {readelf * 1000:.1f} ms for each of {len(some)}"
    yield Measurement("elf, a file with its symbols", own * 1000, "ms", 1.5, detail=detail)
    yield from _searches(rounds, some)


def _searches(rounds: int, files: list[Path]) -> Iterator[Measurement]:
    programs = [path for path in files if path.parent.name in ("bin", "sbin")]
    began = time.process_time()
    world = TreeLibraries(machine_tree())
    if not world.loaders:
        raise RuntimeError("no loader on this machine")
    modelled = time.process_time() - began
    found = [world.library(str(path)[1:]) for path in programs]
    pairs = [(one, loader_of(world, one.elf.interpreter)) for one in found if one]
    known = [(one, loader) for one, loader in pairs if loader]

    def search() -> None:
        for program, loader in known:
            process = start(world, program, loader)
            process.scope.missing(program.elf)

    search()
    own = _median(rounds, search) / len(known)
    ldd = _each([Path("/", one.path) for one, _ in known], ["/usr/bin/ldd"])
    detail = f"ldd {ldd * 1000:.1f} ms; loader and cache read in {modelled * 1000:.0f} ms"
    yield Measurement("elf, libraries and symbols of a program", own * 1000, "ms", 5, detail=detail)


def _size(files: list[Path]) -> int:
    return sum(path.stat().st_size for path in files)


def _read_all(files: list[Path]) -> None:
    for path in files:
        with (
            path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as view,
        ):
            read_elf(view)


def _median(rounds: int, work: Callable[[], None]) -> float:
    """Give the median of the CPU seconds of several runs."""
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds)


def _each(files: list[Path], command: list[str]) -> float:
    """Give the mean CPU seconds of a program, started for each file."""
    codes = (0, 1)  # ldd ends with 1 for what is no dynamic program
    runs = [timing.run([*command, str(path)], _ENVIRONMENT, codes=codes).cpu for path in files]
    return statistics.fmean(runs)
