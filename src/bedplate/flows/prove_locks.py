"""Will it run there? The packages of a project's lock files against some bases."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.flows.prove_fetched import prove_fetched
from bedplate.images.file_tree import FileTree
from bedplate.images.limits import DEFAULT_LIMITS
from bedplate.images.root_folder import RootFolderWalk
from bedplate.images.selection import Selection
from bedplate.model.locked_package import LockedProject
from bedplate.model.skipped import Skipped
from bedplate.model.verdict import BaseProofs, ProofReport
from bedplate.proving.candidate_target import target_of
from bedplate.proving.compiled_project import WANTS as BUILD_FILES
from bedplate.proving.compiled_project import with_build
from bedplate.proving.lock_evidence import WANTS, allowing, judge_lock, read_lock
from bedplate.proving.script_permissions import WANTS as PERMISSIONS
from bedplate.proving.script_permissions import read_permissions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from bedplate.flows.fetch_packages import PackageFetcher
    from bedplate.model.install_target import InstallTarget
    from bedplate.model.tree import Tree
    from bedplate.proving.candidate import Candidate

# Folders of what is installed already, whose lock files tell of somebody else's past.
_INSTALLED = frozenset(("node_modules", "site-packages", "dist-packages", "vendor", ".git"))

# What loads the packages of an ecosystem.
_RUNTIMES = {"npm": ("node", "Node.js"), "pypi": ("python", "Python")}
_MOST_SOURCES = 5_000


@cache
def _selection() -> Selection:
    return Selection((*WANTS, *PERMISSIONS, *BUILD_FILES))


def find_locks(folder: Path) -> tuple[LockedProject | Skipped, ...]:
    """Read the lock files of a project.

    Args:
        folder: of the project; folders of what is installed are left out.

    Returns:
        what is in each, or why it could not be read; nothing when there is none.
    """
    index = RootFolderWalk(folder, str(folder)).index(_selection(), DEFAULT_LIMITS)
    tree = FileTree([index])
    paths = sorted({path for want in WANTS for path in tree.kept(want.glob)})
    return tuple(_read(tree, path) for path in paths if not _is_installed(path))


def _read(tree: Tree, path: str) -> LockedProject | Skipped:
    project = read_lock(path, tree.read(path) or b"")
    if isinstance(project, Skipped):
        return project
    folder = path.rpartition("/")[0]
    beside = {want.glob.removeprefix("**/"): want for want in PERMISSIONS}
    contents = {name: tree.read(f"{folder}/{name}" if folder else name) for name in beside}
    try:
        allowed = read_permissions({name: one for name, one in contents.items() if one is not None})
    except BadInput as error:
        return Skipped(path, error.message)
    return with_build(allowing(project, allowed), _build_files(tree, folder))


def _build_files(tree: Tree, folder: str) -> dict[str, bytes]:
    """Read what tells how a program is built: in the folder of its lock file and below."""
    top = f"{folder}/" if folder else ""
    found = {path for want in BUILD_FILES for path in tree.kept(want.glob)}
    paths = sorted(path for path in found if path.startswith(top) and not _is_installed(path))
    return {path: tree.read(path) or b"" for path in paths[:_MOST_SOURCES]}


def _is_installed(path: str) -> bool:
    return not _INSTALLED.isdisjoint(path.split("/"))


def prove_locks(
    application: str,
    projects: Iterable[LockedProject | Skipped],
    bases: Sequence[Candidate],
    *,
    installed_on: Candidate | None = None,
    development: bool = False,
    fetcher: PackageFetcher | None = None,
) -> ProofReport:
    """Judge the packages of lock files on bases.

    Args:
        application: the project, as the user named it.
        projects: of `find_locks`.
        bases: where the packages are to run.
        installed_on: the base of the stage that installs them; None for each base itself.
        development: also packages that are needed for development only.
        fetcher: gets the files of packages, whose bytes are then judged; None to get none.

    Returns:
        a proof for each package, those without native code included; where its files were
        fetched, one for each file.
    """
    found = tuple(projects)
    read = [one for one in found if isinstance(one, LockedProject)]
    if fetcher is not None:
        read = [fetcher.with_files(project) for project in read]
    skipped = [one for one in found if isinstance(one, Skipped)]
    skipped += [one for project in read for one in project.skipped]
    judged = (
        _on(base, read, tuple(skipped), installed_on, development=development) for base in bases
    )
    if fetcher is not None:
        judged = (
            prove_fetched(one, base, read, installed_on, fetcher)
            for one, base in zip(judged, bases, strict=True)
        )
    return ProofReport(application, "lock files", tuple(judged), _notes(read, installed_on))


def _on(
    base: Candidate,
    projects: Sequence[LockedProject],
    skipped: tuple[Skipped, ...],
    installed_on: Candidate | None,
    *,
    development: bool,
) -> BaseProofs:
    target = target_of(base, installed_on)
    proofs = [
        proof
        for project in projects
        for proof in judge_lock(project, target, development=development)
    ]
    programs = tuple(f"{name} {version}" for name, version in target.runtimes.items())
    return BaseProofs(
        base.name,
        base.known_from,
        f"{target.libc} {target.libc_version}".strip(),
        programs,
        tuple(proofs),
        skipped=(*skipped, *base.skipped),
        notes=tuple(_without_runtime(projects, target)),
    )


def _without_runtime(projects: Sequence[LockedProject], target: InstallTarget) -> Iterator[str]:
    """Name the runtimes that the base does not have, so that nothing would load the packages."""
    ecosystems = {one.ecosystem for project in projects for one in project.packages.values()}
    for ecosystem, (runtime, title) in _RUNTIMES.items():
        if ecosystem in ecosystems and runtime not in target.runtimes:
            yield f"no {title} was found on this base: judged by its C library alone"


def _notes(projects: Sequence[LockedProject], installed_on: Candidate | None) -> tuple[str, ...]:
    place = f"on {installed_on.name}" if installed_on else "on each base itself"
    names = ", ".join(project.path for project in projects)
    return (f"by {names}; as if installed {place}",) if names else ()
