"""Tell which base a project should stand on, and why not on the others."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bedplate.advising import explaining
from bedplate.advising.candidates import wish_of
from bedplate.advising.install_targets import install_target
from bedplate.advising.program_proofs import prove_programs
from bedplate.advising.ranking import judge
from bedplate.advising.reading import find_kind, read_needs
from bedplate.advising.settings import AdviseSettings
from bedplate.errors import BadInput
from bedplate.flows.candidate_images import CandidateImages
from bedplate.flows.candidate_packages import with_package_names
from bedplate.flows.project_folder import read_project
from bedplate.flows.vulnerability_counts import counts_of
from bedplate.model.advice import Advice
from bedplate.model.native_evidence import NativeKind
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.compiled_project import with_build
from bedplate.proving.lock_evidence import allowing, judge_lock, read_lock, source_for
from bedplate.proving.script_permissions import WANTS as PERMISSIONS
from bedplate.proving.script_permissions import read_permissions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bedplate.advising.candidate import Candidate
    from bedplate.advising.project_files import ProjectFiles
    from bedplate.advising.project_kind import ProjectKind
    from bedplate.flows.session import Session
    from bedplate.model.locked_package import LockedProject
    from bedplate.model.needs import Needs

_DEFAULTS = AdviseSettings()
_PROGRAM = "static-binary"
_LOCKING = ("node", "python", "ruby")
_LOCKED_BY = ("package.json", "pyproject.toml", "setup.py", "Pipfile", "Gemfile")
_PERMISSIONS = tuple(want.glob.removeprefix("**/") for want in PERMISSIONS)


class Advised(NamedTuple):
    """The advice, and what it was made from, for whoever writes a Dockerfile."""

    advice: Advice
    files: ProjectFiles
    kind: ProjectKind


def advise(
    folder: Path,
    session: Session,
    settings: AdviseSettings = _DEFAULTS,
    *,
    name: str = ".",
    dockerfile: str = "",
) -> Advised:
    """Hold the images of a project's runtime against what the project needs.

    Args:
        folder: root of the project.
        session: means and permissions; no layer is read.
        settings: what the user decided.
        name: of the project in reports.
        dockerfile: path of the Dockerfile from the root; empty for the usual one.

    Raises:
        BadInput: no such folder, or no project of a known kind in it.
    """
    files, skipped = read_project(folder, dockerfile)
    kind = find_kind(files)
    needs = read_needs(files, kind, session.today)
    found = advise_kind(files, kind, needs, session, settings, name=name)
    advice = found.advice
    return found._replace(advice=replace(advice, skipped=(*skipped, *advice.skipped)))


def advise_kind(
    files: ProjectFiles,
    kind: ProjectKind,
    needs: Needs,
    session: Session,
    settings: AdviseSettings = _DEFAULTS,
    *,
    name: str = ".",
) -> Advised:
    """Do as `advise` for a project that was read already.

    Args:
        files: of the project; may be none.
        kind: which it is.
        needs: what it asks for.
        session: means and permissions; no layer is read.
        settings: what the user decided.
        name: of the project in reports.
    """
    if settings.platforms:
        needs = replace(needs, platforms=settings.platforms)
    wish = wish_of(needs, kind.DEFAULT_VERSION, session.today)
    images = CandidateImages(session, wish)
    families = kind.families(files, needs.image)
    candidates = images.find(families, needs.image.partition("@")[0], settings.images)
    projects, unread = _locks(files)
    if settings.packages is not None and needs.packages:
        candidates, nameless = with_package_names(candidates, session, settings.packages)
        unread += nameless
    # where nothing is locked, nobody knows what will be installed
    manifest = files.first(*_LOCKED_BY) if not projects and kind.NAME in _LOCKING else ""
    reason = "no lock file tells which packages are installed"
    open_question = (Proof(manifest, Outcome.UNKNOWN, reason=reason),) if manifest else ()
    unread += [Skipped(manifest, reason)] if manifest else []
    proved = []
    for one in _counted(candidates, session):
        built = _as_built(one, files, kind, needs, projects)
        proofs = _proofs(one, kind, wish.versions[0], built, session, settings=settings)
        proofs += tuple(prove_programs(files.programs, one)) if kind.NAME == _PROGRAM else ()
        proved.append(replace(one, proofs=proofs or open_question))
    advice = _advice(name, needs, kind, proved, session, settings)
    return Advised(replace(advice, skipped=(*unread, *images.skipped)), files, kind)


def _advice(
    name: str,
    needs: Needs,
    kind: ProjectKind,
    candidates: Sequence[Candidate],
    session: Session,
    settings: AdviseSettings,
) -> Advice:
    cycle = needs.version
    judged = judge(candidates, needs, cycle, settings.preference, debugging=settings.debugging)
    advice = Advice(
        name,
        needs,
        judged,
        next_version=explaining.next_version(kind.PRODUCT, cycle, session.today) if cycle else "",
        preference=settings.preference,
    )
    best, current = advice.advised, advice.current
    if best is None:
        return advice
    others = tuple(one for one in judged if one is not best)
    return replace(
        advice,
        why=tuple(explaining.why(best, others, needs, settings.preference)),
        gains=tuple(explaining.gains(best, current)),
        tests=tuple(explaining.tests(best, needs, current)),
    )


def _counted(candidates: Sequence[Candidate], session: Session) -> Iterator[Candidate]:
    known = [one.facts for one in candidates if one.facts is not None]
    counts = iter(counts_of(known, session))
    for one in candidates:
        yield one if one.facts is None else replace(one, vulnerabilities=next(counts))


def _locks(files: ProjectFiles) -> tuple[list[LockedProject], list[Skipped]]:
    """Read the lock files at the root of the project."""
    projects: list[LockedProject] = []
    skipped: list[Skipped] = []
    for path, content in files.contents.items():
        if posixpath.dirname(path) or source_for(path) is None:
            continue
        read = read_lock(path, content)
        if isinstance(read, Skipped):
            skipped.append(read)
            continue
        skipped += read.skipped
        try:
            allowed = read_permissions(
                {one: files.contents[one] for one in _PERMISSIONS if files.has(one)}
            )
        except BadInput as error:
            skipped.append(Skipped(path, error.message))
            continue
        projects.append(allowing(read, allowed))
    return projects, skipped


def _as_built(
    candidate: Candidate,
    files: ProjectFiles,
    kind: ProjectKind,
    needs: Needs,
    projects: Sequence[LockedProject],
) -> list[LockedProject]:
    """Note how a program is compiled: as it is today, or by the Dockerfile that we would write."""
    contents = dict(files.contents)
    if not candidate.current:
        recipe = kind.recipe(files, needs, candidate.family)
        lines = [f"ENV {name}={value}" for name, value in recipe.build_environment]
        lines += [f"RUN {command}" for command in recipe.build]
        contents[files.dockerfile or "Dockerfile"] = "\n".join(lines).encode()
    return [with_build(project, contents) for project in projects]


def _proofs(
    candidate: Candidate,
    kind: ProjectKind,
    version: str,
    projects: Sequence[LockedProject],
    session: Session,
    *,
    settings: AdviseSettings,
) -> tuple[Proof, ...]:
    target = install_target(
        kind.NAME,
        _runtime_version(candidate, kind, version),
        candidate,
        session.platform,
        tools=settings.compile,
    )
    return tuple(
        proof
        for project in projects
        for proof in judge_lock(project, target)
        if _says_something(proof)
    )


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
