"""Prove the native code of a project on candidates: by its lock files, or by its programs."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from bedplate.advising.install_targets import install_target
from bedplate.advising.program_proofs import prove_programs
from bedplate.errors import BadInput
from bedplate.model.native_evidence import NativeKind
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.compiled_project import with_build
from bedplate.proving.lock_evidence import allowing, judge_lock, read_lock, source_for
from bedplate.proving.script_permissions import WANTS as PERMISSIONS
from bedplate.proving.script_permissions import read_permissions

if TYPE_CHECKING:
    from bedplate.advising.candidate import Candidate
    from bedplate.advising.project_files import ProjectFiles
    from bedplate.advising.project_kind import ProjectKind
    from bedplate.model.locked_package import LockedProject
    from bedplate.model.needs import Needs
    from bedplate.model.platform import Platform

_PERMISSIONS = tuple(want.glob.removeprefix("**/") for want in PERMISSIONS)
_PROGRAM = "static-binary"
_LOCKING = ("node", "python", "ruby")
_LOCKED_BY = ("package.json", "pyproject.toml", "setup.py", "Pipfile", "Gemfile")
_NO_LOCK = "no lock file tells which packages are installed"


class ProjectProofs:
    """Proves one project on any candidate.

    Args:
        files: of the project.
        kind: which it is.
        needs: what it asks for.
        platform: for which it is built.
        tools: whether a compiler may be added to the builder.
    """

    def __init__(
        self,
        files: ProjectFiles,
        kind: ProjectKind,
        needs: Needs,
        platform: Platform,
        *,
        tools: bool,
    ) -> None:
        self._files, self._kind, self._needs = files, kind, needs
        self._platform, self._tools = platform, tools
        self.skipped: list[Skipped] = []
        self._locks = self._read_locks()
        # where nothing is locked, nobody knows what will be installed
        unlocked = "" if self._locks or kind.NAME not in _LOCKING else files.first(*_LOCKED_BY)
        self._open = (Proof(unlocked, Outcome.UNKNOWN, reason=_NO_LOCK),) if unlocked else ()
        self.skipped += [Skipped(unlocked, _NO_LOCK)] if unlocked else []

    def of(self, candidate: Candidate, version: str) -> tuple[Proof, ...]:
        """Prove the project on a candidate.

        Args:
            candidate: the image.
            version: of the runtime, where the candidate does not say it more exactly.
        """
        if self._kind.NAME == _PROGRAM:
            return tuple(prove_programs(self._files.programs, candidate))
        exact = _runtime_version(candidate, self._kind, version)
        target = install_target(
            self._kind.NAME, exact, candidate, self._platform, tools=self._tools
        )
        found = (
            proof
            for project in self._as_built(candidate)
            for proof in judge_lock(project, target)
            if _says_something(proof)
        )
        return tuple(found) or self._open

    def _read_locks(self) -> list[LockedProject]:
        """Read the lock files at the root of the project."""
        found: list[LockedProject] = []
        for path, content in self._files.contents.items():
            if posixpath.dirname(path) or source_for(path) is None:
                continue
            read = read_lock(path, content)
            if isinstance(read, Skipped):
                self.skipped.append(read)
                continue
            self.skipped += read.skipped
            try:
                found.append(allowing(read, self._allowed()))
            except BadInput as error:
                self.skipped.append(Skipped(path, error.message))
        return found

    def _allowed(self) -> dict[str, bool]:
        contents = self._files.contents
        return read_permissions({one: contents[one] for one in _PERMISSIONS if one in contents})

    def _as_built(self, candidate: Candidate) -> list[LockedProject]:
        """Note how a program is compiled: as today, or by the Dockerfile that we would write."""
        contents = dict(self._files.contents)
        if not candidate.current:
            recipe = self._kind.recipe(self._files, self._needs, candidate.family)
            lines = [f"ENV {name}={value}" for name, value in recipe.build_environment]
            lines += [f"RUN {command}" for command in recipe.build]
            contents[self._files.dockerfile or "Dockerfile"] = "\n".join(lines).encode()
        return [with_build(project, contents) for project in self._locks]


def _says_something(proof: Proof) -> bool:
    """Leave out packages without native code, and builds for other systems that are optional."""
    if proof.outcome is not Outcome.LOADS:
        return True
    kind = proof.evidence[0] if proof.evidence else ""
    return kind != NativeKind.FOREIGN and (kind != NativeKind.PURE or bool(proof.reason))


def _runtime_version(candidate: Candidate, kind: ProjectKind, version: str) -> str:
    facts = candidate.facts
    for runtime in (facts.runtimes or ()) if facts else ():
        if runtime.name == kind.NAME and runtime.version:
            return runtime.version
    return version
