"""The prover beside the real loaders: every object in every root."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bedplate.binaries.plugins import PluginKind
from bedplate.flows.proof_application import open_application
from bedplate.flows.proof_base import open_base
from bedplate.model.elf_file import Linkage
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.case import Case
from bedplate.proving.host import find_host
from bedplate.proving.judging import judge
from bedplate.proving.situation import Situation
from rig import proof_truth
from rig.processes import run

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.proving.app_file import AppFile

_X86_64 = 62
# it is opened, and the process ends there
_CRASHES = frozenset(("relative relocations", "Node-API"))


@dataclass(slots=True)
class Comparison:
    """How often prover and loader agree.

    Args:
        objects: that were judged.
        refused: by the loader.
        false: refused by the prover alone, with what the loader said.
        missed: refused by the loader alone.
    """

    objects: int = 0
    refused: int = 0
    false: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, proof: Proof, truth: tuple[bool, str]) -> None:
        """Take one object in."""
        loads, said = truth
        refused = _is_refused(proof)
        self.objects += 1
        self.refused += not loads
        if refused and loads:
            self.false.append(f"{proof.path}: {proof.reason}")
        elif not refused and not loads:
            self.missed.append(f"{proof.path}: {said}")


def _is_refused(proof: Proof) -> bool:
    if proof.check in _CRASHES or any(one.startswith("Node-API: ") for one in proof.evidence):
        return True
    return proof.outcome is Outcome.FAILS


class Laboratory:
    """An application inside a root, judged by both.

    Args:
        root: file system, without the application.
        application: folder on the same file system, which is linked into the root.
        session: means of the prover.
    """

    def __init__(self, root: Path, application: Path, session: Session) -> None:
        self._root = root
        self._place = root / "app"
        shutil.rmtree(self._place, ignore_errors=True)
        candidate = open_base(f"dir:{root}", session)
        opened, _ = open_application(str(application), root, session)
        self._situation = Situation(opened, candidate)
        target = root / opened.root
        target = target / application.name if opened.tree.get(f"app/{application.name}") else target
        target.parent.mkdir(exist_ok=True)
        run(["cp", "--archive", "--link", application, target])
        found = (opened.file(path) for path in opened.compiled)
        self._files = [file for file in found if file and _is_for_this_machine(file)]

    def close(self) -> None:
        """Take the application out again."""
        shutil.rmtree(self._place, ignore_errors=True)

    def libraries(self, program: str, mode: str) -> Comparison:
        """Open every library.

        Args:
            program: `node`, or the path of a Python.
            mode: `lazy` or `now`.
        """
        files = [file for file in self._files if file.linkage is Linkage.SHARED_LIBRARY]
        kind = PluginKind.NODE if program == "node" else PluginKind.PYTHON
        host = find_host(self._situation, kind, files[0].elf)
        assert host is not None
        assert host.program is not None
        # which files Python looks at is no matter of its loader
        host = replace(host, lazy=mode == "lazy", program=replace(host.program, suffix=""))
        truth = proof_truth.opened(self._root, program, [file.path for file in files], mode)
        result = Comparison()
        for file in files:
            result.add(judge(Case(file, self._situation, host)), truth[file.path])
        return result

    def programs(self) -> Comparison:
        """Start every program."""
        kinds = (Linkage.DYNAMIC, Linkage.STATIC, Linkage.STATIC_PIE)
        files = [file for file in self._files if file.linkage in kinds]
        truth = proof_truth.started(self._root, [file.path for file in files])
        result = Comparison()
        for file in files:
            result.add(judge(Case(file, self._situation)), truth[file.path])
        return result


def _is_for_this_machine(file: AppFile) -> bool:
    return file.elf.machine == _X86_64 and file.elf.bits == 64 and "/android" not in file.path
