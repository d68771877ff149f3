"""Milliseconds for a proof, beside `ldd` for each file; a base modelled; a thousand objects."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from benchmarks import timing
from benchmarks.measurement import Measurement
from rig.images import cache_folder
from rig.proof_objects import npm_packages
from rig.proof_roots import build_root

from bedplate.binaries.plugins import PluginKind
from bedplate.flows.opening import open_session
from bedplate.flows.proof_application import open_application
from bedplate.flows.proof_base import open_base
from bedplate.model.elf_file import Linkage
from bedplate.proving.case import Case
from bedplate.proving.host import Host, find_host
from bedplate.proving.judging import judge
from bedplate.proving.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bedplate.proving.app_file import AppFile

_ROOT = "glibc-2.36"
_OBJECTS = 1000
_PEER_FILES = 40
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


def measure(rounds: int) -> Iterator[Measurement]:
    """Give the measurements: addons of npm against Debian 12 with Node.js 20."""
    folder = cache_folder() / "laboratory"
    packages = npm_packages(folder, "glibc")
    root = build_root(folder, _ROOT)
    print(f"proving: {packages} against {root}, CPU seconds, warm")
    runs = [_Run(root, packages) for _ in range(rounds)]
    modelled = statistics.median(run.modelled for run in runs)
    yield Measurement("prove, a base with Node.js modelled", modelled, "s", 0.5)
    each = statistics.median(run.first / len(run.files) for run in runs)
    count = len(runs[0].files)
    read = statistics.median(run.read for run in runs) / count * 1000
    ldd = _ldd(runs[0].files, packages)
    detail = f"{count} objects, each read in {read:.1f} ms before; ldd {ldd:.1f} ms"
    yield Measurement("prove, an object", each * 1000, "ms", 5, detail=detail)
    again = statistics.median(run.again for run in runs)
    yield Measurement(f"prove, {_OBJECTS} objects that were read", again, "s", 3)


class _Run:
    """One application on one base, all of it read anew.

    Args:
        root: of the base.
        packages: folder of the application.
    """

    def __init__(self, root: Path, packages: Path) -> None:
        session = open_session()
        began = time.process_time()
        candidate = open_base(f"dir:{root}", session)
        opened = time.process_time()
        application, _ = open_application(str(packages), root, session)
        situation = Situation(application, candidate)
        self.files: list[AppFile] = []
        start = time.process_time()
        for path in application.compiled:
            file = application.file(path)
            if file and situation.runs(file.elf) and file.linkage is Linkage.SHARED_LIBRARY:
                self.files.append(file)
        read = time.process_time() - start
        start = time.process_time()
        host = find_host(situation, PluginKind.NODE, self.files[0].elf)
        if host is None or host.program is None:
            raise RuntimeError("no Node.js in the root")
        judge(Case(self.files[0], situation, host))  # its symbols are put in order once
        self.modelled = opened - began + time.process_time() - start
        self.read = read
        self.first = _judge(self.files, situation, host)
        many = (self.files * (_OBJECTS // len(self.files) + 1))[:_OBJECTS]
        self.again = _judge(many, situation, host)


def _judge(files: list[AppFile], situation: Situation, host: Host) -> float:
    start = time.process_time()
    for file in files:
        judge(Case(file, situation, host))
    return time.process_time() - start


def _ldd(files: list[AppFile], packages: Path) -> float:
    """Give the mean CPU milliseconds of `ldd`, started for each file."""
    places = [str(packages.parent / file.path.partition("/")[2]) for file in files[:_PEER_FILES]]
    runs = [timing.run(["/usr/bin/ldd", one], _ENVIRONMENT, codes=(0, 1)) for one in places]
    return statistics.fmean(run.cpu for run in runs) * 1000
