"""Prove an application against a base: which files, in which processes, with which verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.binaries.plugins import PluginKind
from bedplate.model.abi_profile import AbiProfile
from bedplate.model.elf_file import Linkage
from bedplate.model.verdict import BaseProofs, Outcome, Proof
from bedplate.proving.app_file import AppFile, Contents
from bedplate.proving.application import Application
from bedplate.proving.candidate import Candidate, candidate_of_profile, candidate_of_tree
from bedplate.proving.case import Case
from bedplate.proving.foreign import of_other_system
from bedplate.proving.host import Host, find_host
from bedplate.proving.image_checks import IMAGE_CHECKS
from bedplate.proving.judging import judge
from bedplate.proving.memory_files import MemoryFiles
from bedplate.proving.packages_of_folder import choose
from bedplate.proving.scripts import judge_script
from bedplate.proving.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.binaries.library_world import Library
    from bedplate.model.elf_file import ElfFile
    from bedplate.model.tree import Tree
    from bedplate.proving.packages_of_folder import Chosen

_CRASHES_AT_START = frozenset(("relative relocations",))
_DANGLING = "nothing that was seen opens it; if something does: "


def prove(
    files: Application | Tree | Mapping[str, bytes], base: Candidate | Tree | AbiProfile
) -> tuple[Proof, ...]:
    """Prove files against a base.

    Args:
        files: an application: its tree, or contents by path.
        base: the base: its tree, which was read with `binaries.abi_profile.WANTS`, or a profile.

    Returns:
        a proof for each program, extension and script, in the order of their paths; for each
        package of which no file fits; for what the image's configuration asks for.
    """
    return prove_on(_application(files), _candidate(base)).proofs


def _application(files: Application | Tree | Mapping[str, bytes]) -> Application:
    if isinstance(files, Application):
        return files
    return Application(MemoryFiles(files) if isinstance(files, Mapping) else files)


def _candidate(base: Candidate | Tree | AbiProfile) -> Candidate:
    if isinstance(base, Candidate):
        return base
    if isinstance(base, AbiProfile):
        return candidate_of_profile("base", base, "profile")
    return candidate_of_tree("base", base)


def prove_on(application: Application, candidate: Candidate) -> BaseProofs:
    """Prove an application against one base, and tell what could not be judged.

    Args:
        application: to judge.
        candidate: the base.
    """
    judgement = _Judgement(Situation(application, candidate))
    proofs = (*judgement.files(), *judgement.image())
    situation = judgement.situation
    return BaseProofs(
        candidate.name,
        candidate.known_from,
        candidate.libc,
        tuple(f"{one.name} {one.version}".strip() for one in situation.profile.main_programs),
        proofs,
        judgement.foreign,
        judgement.passed_over,
        (*candidate.skipped, *application.skipped),
        tuple(judgement.notes),
    )


class _Judgement:
    """One application on one base, while it is judged."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.foreign = 0
        self.passed_over = 0
        self.notes: list[str] = []
        self._hosts: dict[tuple[PluginKind | None, int, int], Host | None] = {}
        self._broken: dict[str, Proof | None] = {}
        self._reached: set[str] = set()

    def files(self) -> tuple[Proof, ...]:
        """Judge every file and package, main programs first."""
        proofs: list[Proof] = []
        application = self.situation.application
        chosen = choose(self.situation)
        proofs += chosen.proofs
        plain: list[AppFile] = []
        for path in application.compiled:
            if path in chosen.passed_over:
                continue
            file = application.file(path)
            if file is None:
                continue
            if self._is_foreign(file):
                self.foreign += 1
            elif _is_plain(file):
                plain.append(file)
            else:
                proofs += self._proofs(file, chosen)
        proofs = chosen.tried([*proofs, *self._plain(plain, chosen)])
        self.passed_over += len(chosen.passed_over)
        proofs += (judge_script(path, head, self.situation) for path, head in application.scripts())
        named = [replace(one, package=one.package or chosen.package(one.path)) for one in proofs]
        main = [proof for proof in self._broken.values() if proof]
        return (*main, *sorted(named, key=lambda one: one.path))

    def _is_foreign(self, file: AppFile) -> bool:
        alone = len(self.situation.application.compiled) == 1
        return not alone and (
            not self.situation.runs(file.elf) or of_other_system(file.path, file.elf)
        )

    def _proofs(self, file: AppFile, chosen: Chosen) -> Iterator[Proof]:
        kind = _kind(file)
        program = self.situation.main_program(str(kind)) if kind else None
        if program is not None and self._main_program_fails(program.path):
            return
        case = self._case(file, kind)
        proof = judge(case)
        self._reached.update(one.library.path for one in case.objects[1:])
        yield chosen.softened(proof)

    def _plain(self, files: Sequence[AppFile], chosen: Chosen) -> Iterator[Proof]:
        """Judge libraries that are no extension, unless something that was judged has them."""
        application = self.situation.application
        for file in files:
            if file.path in self._reached:
                continue
            case = self._case(file, _ecosystem(file.path))
            proof = chosen.softened(judge(case))
            bad = proof.outcome in (Outcome.FAILS, Outcome.RISK)
            if bad and case.host is not None and len(application.compiled) > 1:
                reason = f"{_DANGLING}{proof.reason}"
                proof = replace(proof, outcome=Outcome.UNKNOWN, reason=reason)
            yield proof

    def _case(self, file: AppFile, kind: PluginKind | None) -> Case:
        if file.linkage is not Linkage.SHARED_LIBRARY:
            return Case(file, self.situation)
        return Case(file, self.situation, self._host(kind, file.elf))

    def _host(self, kind: PluginKind | None, elf: ElfFile) -> Host | None:
        key = (kind, elf.machine, elf.bits)
        if key not in self._hosts:
            self._hosts[key] = find_host(self.situation, kind, elf)
        return self._hosts[key]

    def _main_program_fails(self, path: str) -> bool:
        """Prove the program that loads the others, once; say once that it fails."""
        if path not in self._broken:
            found = self.situation.world.library(path)
            self._broken[path] = self._judge_main(found) if found else None
        if self._broken[path] is not None:
            self.passed_over += 1
        return self._broken[path] is not None

    def _judge_main(self, found: Library) -> Proof | None:
        file = AppFile(found.path, found.elf, True, Contents, lambda _names: {})  # noqa: FBT003
        proof = judge(Case(file, self.situation))
        if proof.outcome is not Outcome.FAILS and proof.check not in _CRASHES_AT_START:
            return None
        self.notes.append(f"{found.path} of the base does not start: its extensions were left out")
        return proof

    def image(self) -> Iterator[Proof]:
        """Judge what the configuration of the image asks for."""
        config = self.situation.application.config
        for entry in IMAGE_CHECKS if config else ():
            if config:
                yield from entry.check(config, self.situation)


def _is_plain(file: AppFile) -> bool:
    """Tell whether it is a library that is no extension: found by name, or by nobody."""
    return file.linkage is Linkage.SHARED_LIBRARY and not file.plugin_of


def _kind(file: AppFile) -> PluginKind | None:
    kinds = file.plugin_of
    if len(kinds) > 1 and (own := _ecosystem(file.path)) in kinds:
        return own
    return min(kinds, default=None)


def _ecosystem(path: str) -> PluginKind | None:
    """Tell in whose process a library would be, by where it stands."""
    if "node_modules/" in path:
        return PluginKind.NODE
    if "site-packages/" in path or "dist-packages/" in path:
        return PluginKind.PYTHON
    return None
