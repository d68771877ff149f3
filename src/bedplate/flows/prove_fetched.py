"""The files of locked packages, fetched and judged as if they were installed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeKind
from bedplate.model.verdict import BaseProofs, Outcome, Proof
from bedplate.proving import prove_on
from bedplate.proving.application import Application
from bedplate.proving.candidate_target import target_of
from bedplate.proving.lock_evidence import evidence_of
from bedplate.proving.lock_verdict import verdict
from bedplate.proving.memory_files import MemoryFiles
from bedplate.proving.packages_of_folder import DOWNLOAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bedplate.flows.fetch_packages import PackageFetcher
    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedProject
    from bedplate.proving.candidate import Candidate

_BAD = (Outcome.FAILS, Outcome.RISK)


def prove_fetched(
    by_name: BaseProofs,
    base: Candidate,
    projects: Sequence[LockedProject],
    installed_on: Candidate | None,
    fetcher: PackageFetcher,
) -> BaseProofs:
    """Put the proofs of fetched files in the place of those that only names led to.

    Args:
        by_name: what lock files alone lead to.
        base: where the packages are to run.
        projects: lock files, completed by the fetcher.
        installed_on: the base of the stage that installs them; None for the base itself.
        fetcher: gets the files.
    """
    target = target_of(base, installed_on)
    files: dict[str, bytes] = {}
    for project in projects:
        files.update(fetcher.contents(project, target.place))
    proved = prove_on(Application(MemoryFiles(files)), base)
    found = [
        replace(one, package=fetcher.owners.get(one.path, one.package))
        for one in proved.proofs
        if one.missing != DOWNLOAD  # no install script ran: the lock file's verdict stands
    ]
    compiled = dict(_compiled_instead(found, projects, target))
    judged = {one.package for one in found}
    return replace(
        by_name,
        proofs=(
            *(one for one in by_name.proofs if one.package not in judged),
            *(one for one in found if one.package not in compiled),
            *compiled.values(),
        ),
        foreign=proved.foreign,
        passed_over=proved.passed_over,
        skipped=(*by_name.skipped, *fetcher.skipped),
        notes=(*by_name.notes, *proved.notes),
    )


def _compiled_instead(
    found: Sequence[Proof], projects: Sequence[LockedProject], target: InstallTarget
) -> Iterator[tuple[str, Proof]]:
    """Judge packages whose install script tries the build that came along, and else compiles."""
    bad: Mapping[str, Proof] = {one.package: one for one in found if one.outcome in _BAD}
    for project in projects if target.place.scripts else ():
        for package, evidence in evidence_of(project, target):
            proof = bad.get(package.label)
            if proof is None or evidence.fallback is not NativeKind.COMPILE:
                continue
            if package.install_script is not False:
                shown = (*evidence.shown, f"the build that came along: {proof.reason}")
                instead = replace(evidence, kind=NativeKind.COMPILE, shown=shown)
                yield package.label, verdict(package, instead, project.path, target)
