"""Lock files -> where their packages can run: evidence by package, offline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.locked_package import LockedPackage, LockedProject
from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.model.skipped import Skipped
from bedplate.model.want import compile_glob
from bedplate.proving.ecosystems import ECOSYSTEMS
from bedplate.proving.lock_sources import LOCK_SOURCES
from bedplate.proving.lock_verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.verdict import Proof
    from bedplate.model.want import Want
    from bedplate.proving.lock_source import LockSource

# The files whose bytes `read_lock` reads.
WANTS: tuple[Want, ...] = tuple(want for source in LOCK_SOURCES for want in source.WANTS)
# More packages than any lock file has; those of the largest monorepos are below 20,000.
_MOST = 100_000
_BY_TYPE = {entry.TYPE: entry for entry in ECOSYSTEMS}


def source_for(path: str) -> LockSource | None:
    """Find who reads a file of this name; None when nobody does."""
    for source in LOCK_SOURCES:
        if any(compile_glob(want.glob).fullmatch(path) for want in source.WANTS):
            return source
    return None


def read_lock(path: str, content: bytes) -> LockedProject | Skipped:
    """Read a lock file.

    Args:
        path: from the project's folder; its name tells the format.
        content: the whole file.

    Returns:
        what is in it, or why it could not be read.
    """
    source = source_for(path)
    if source is None:
        return Skipped(path, "no lock file that bedplate reads")
    packages: dict[str, LockedPackage] = {}
    skipped: list[Skipped] = []
    try:
        for one in source.read(path, content):
            if isinstance(one, Skipped):
                skipped.append(one)
            elif len(packages) == _MOST:
                skipped.append(Skipped(path, f"more than {_MOST} packages"))
                break
            else:
                packages[one.key or one.label] = one
    except BadInput as error:
        return Skipped(path, error.message.removeprefix(f"{path}: "))
    return LockedProject(path, source.NAME, _with_optional(packages), tuple(skipped))


def _with_optional(packages: dict[str, LockedPackage]) -> dict[str, LockedPackage]:
    """Mark what is needed as optional only, where the lock file itself does not."""
    every = list(packages.values())
    soft = {key for one in every for key in (one.optional_needs or {}).values() if key}
    soft -= {key for one in every for key in (one.needs or {}).values()}
    for key in soft:
        package = packages.get(key)
        if package is not None and package.direct is not True:
            packages[key] = replace(package, optional=True)
    return packages


def evidence_of(
    project: LockedProject, target: InstallTarget, *, development: bool = False
) -> Iterator[tuple[LockedPackage, NativeEvidence]]:
    """Give what is known of each package once it is installed on `target.place`.

    Args:
        project: a lock file.
        target: where it is to run.
        development: also packages that are needed for development only.
    """
    place = target.place.here
    for package in project.packages.values():
        if package.development and not development:
            continue
        ecosystem = _BY_TYPE.get(package.ecosystem)
        if ecosystem is None:
            yield package, NativeEvidence(NativeKind.PURE)
            continue
        evidence = ecosystem.judge(package, project.packages, place)
        if evidence is not None:
            yield package, evidence


def judge_lock(
    project: LockedProject, target: InstallTarget, *, development: bool = False
) -> tuple[Proof, ...]:
    """Judge every package of a lock file, those without native code too.

    Args:
        project: a lock file.
        target: where its packages are to run.
        development: also packages that are needed for development only.
    """
    return tuple(
        verdict(package, evidence, project.path, target)
        for package, evidence in evidence_of(project, target, development=development)
    )


def allowing(project: LockedProject, allowed: dict[str, bool]) -> LockedProject:
    """Note which install scripts the project allows.

    Args:
        project: a lock file.
        allowed: by `name` or `name@version`.
    """
    packages = {key: _allowed(package, allowed) for key, package in project.packages.items()}
    return replace(project, packages=packages)


def _allowed(package: LockedPackage, allowed: dict[str, bool]) -> LockedPackage:
    by_name = allowed.get(package.name)
    pinned = allowed.get(f"{package.name}@{package.version}")
    answer = False if by_name is False else pinned if by_name is None else by_name
    return package if answer is None else replace(package, allowed=answer)
