"""Tell which base a project should stand on, and why not on the others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bedplate.advising import explaining
from bedplate.advising.candidates import wish_of
from bedplate.advising.ranking import judge
from bedplate.advising.reading import find_kind, read_needs
from bedplate.advising.settings import AdviseSettings
from bedplate.flows.candidate_images import CandidateImages
from bedplate.flows.candidate_packages import with_package_names
from bedplate.flows.project_folder import read_project
from bedplate.flows.project_proofs import ProjectProofs
from bedplate.flows.vulnerability_counts import counts_of
from bedplate.model.advice import Advice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bedplate.advising.candidate import Candidate
    from bedplate.advising.project_files import ProjectFiles
    from bedplate.advising.project_kind import ProjectKind
    from bedplate.flows.session import Session
    from bedplate.model.needs import Needs

_DEFAULTS = AdviseSettings()


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
    project = ProjectProofs(files, kind, needs, session.platform, tools=settings.compile)
    unread = project.skipped
    if settings.packages is not None and needs.packages:
        candidates, nameless = with_package_names(candidates, session, settings.packages)
        unread += nameless
    proved = [
        replace(one, proofs=project.of(one, wish.versions[0]))
        for one in _counted(candidates, session)
    ]
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
