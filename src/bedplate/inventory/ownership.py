"""Who owns the bytes: every file of a tree belongs to a package, a runtime, or nobody."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bedplate.inventory import parts
from bedplate.model.base_facts import Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bedplate.images.file_tree import FileTree
    from bedplate.model.distro_release import DistroRelease
    from bedplate.model.package import Package
    from bedplate.model.runtime import Runtime

_SYSTEM = ("deb", "apk", "rpm", "opkg", "alpm")
_MANAGERS = {
    "deb": "apt and dpkg",
    "apk": "apk",
    "rpm": "rpm and dnf",
    "opkg": "opkg",
    "alpm": "pacman",
}
_LANGUAGES = {
    "npm": "npm packages",
    "pypi": "Python packages",
    "gem": "Ruby gems",
    "composer": "PHP packages",
    "maven": "Java archives",
    "cran": "R packages",
}
# Where the folder of a package is, seen from the file that names it.
_METADATA_FOLDERS = (".dist-info", ".egg-info", "EGG-INFO")

_Share = tuple[str, str]  # part and label


@dataclass(slots=True)
class _Owner:
    """Who owns a file or folder: a share of the box, and the package if it is one."""

    share: _Share
    package: int | None = None


@dataclass(frozen=True, slots=True)
class Ownership:
    """The outcome.

    Args:
        parts: shares of the disk size, in the order to show them; they add up to it.
        packages: as given, with `installed_size` measured where the package said nothing,
            and `file_count` in place of `files`.
    """

    parts: tuple[Part, ...]
    packages: tuple[Package, ...]


def assign(
    tree: FileTree,
    packages: Sequence[Package],
    runtimes: Sequence[Runtime],
    distro: DistroRelease | None,
) -> Ownership:
    """Give every regular file of a tree an owner and add the sizes up.

    The most telling owner wins: documentation folders, then a runtime's tools and the
    runtime itself, then the operating system's packages, then a language's packages, then
    the folders that an operating system keeps.

    Args:
        tree: the merged layers.
        packages: of the operating system and of languages.
        runtimes: what was found, with the paths that are theirs.
        distro: names the operating system's share; None when there is none.
    """
    system_label = distro.title if distro else parts.LABELS[parts.OS]
    files = _system_files(packages, runtimes, system_label)
    folders = _Folders(_roots(packages, runtimes))
    has_system = distro is not None and distro.id != "scratch"
    sizes: defaultdict[_Share, int] = defaultdict(int)
    counts: defaultdict[_Share, int] = defaultdict(int)
    measured: defaultdict[int, int] = defaultdict(int)
    documentation = (parts.DOCUMENTATION, parts.LABELS[parts.DOCUMENTATION])
    visible = 0
    for path, size in tree.file_sizes():
        system, owner = files.get(path), folders.owner(path)
        for claim in (system, owner):
            if claim is not None and claim.package is not None:
                measured[claim.package] += size
        if system is not None and (owner is None or owner.share[0] == parts.LIBRARIES):
            owner = system  # what the distribution packages of a language is the system's
        if path.startswith(parts.DOCUMENTATION_FOLDERS):
            share = documentation
        elif owner is not None:
            share = owner.share
        else:
            key = parts.part_of_path(path, has_system=has_system)
            share = (key, system_label if key == parts.OS else parts.LABELS[key])
        sizes[share] += size
        counts[share] += 1
        visible += size
    hidden = tree.disk_size() - visible
    if hidden > 0:
        sizes[parts.HIDDEN, parts.LABELS[parts.HIDDEN]] = hidden
    return Ownership(_sorted_parts(sizes, counts), _measured(packages, measured))


def _sorted_parts(sizes: Mapping[_Share, int], counts: Mapping[_Share, int]) -> tuple[Part, ...]:
    shares = sorted(sizes, key=lambda share: (parts.ORDER.index(share[0]), -sizes[share]))
    return tuple(
        Part(key, label, sizes[key, label], counts.get((key, label)))
        for key, label in shares
        if sizes[key, label] or key == parts.OS
    )


def _measured(packages: Sequence[Package], measured: Mapping[int, int]) -> tuple[Package, ...]:
    """Fill in sizes that packages do not tell, and keep of their files the number alone."""
    return tuple(
        replace(
            package,
            installed_size=measured.get(number)
            if package.installed_size is None
            else package.installed_size,
            files=(),
            file_count=len(package.files) if package.files else package.file_count,
        )
        for number, package in enumerate(packages)
    )


def _system_files(
    packages: Sequence[Package], runtimes: Sequence[Runtime], system_label: str
) -> dict[str, _Owner]:
    """Map every path that an operating system's package lists to its owner."""
    programs = {runtime.path: runtime for runtime in runtimes if runtime.packaged}
    sources: dict[str, Runtime] = {}
    for package in packages:
        if programs and package.type in _SYSTEM:
            for path in programs.keys() & set(package.files):
                sources[package.source_name or package.name] = programs[path]
    owners: dict[str, _Owner] = {}
    for number, package in enumerate(packages):
        if package.type not in _SYSTEM:
            continue
        runtime = sources.get(package.source_name or package.name)
        key = parts.part_of_package(package)
        if runtime is not None and key == parts.OS:
            share = (parts.RUNTIME, f"{runtime.title} {runtime.version}".strip())
        else:
            label = system_label if key == parts.OS else parts.LABELS.get(key, "")
            share = (key, label or _manager_label(package))
        owner = _Owner(share, number)
        owners.update(dict.fromkeys(package.files, owner))
    return owners


def _manager_label(package: Package) -> str:
    return _MANAGERS.get(package.type, "Package manager")


def _roots(packages: Sequence[Package], runtimes: Sequence[Runtime]) -> dict[str, _Owner]:
    """Map the folders and files of runtimes, tools and language packages to their owner."""
    roots: dict[str, _Owner] = {}
    for runtime in reversed(runtimes):
        if not runtime.packaged:
            share = (parts.RUNTIME, f"{runtime.title} {runtime.version}".strip())
            roots.update(dict.fromkeys(runtime.roots, _Owner(share)))
    for runtime in runtimes:
        for tool in runtime.bundled:
            share = (parts.PACKAGE_MANAGER, f"{tool.name} {tool.version}".strip())
            roots.update(dict.fromkeys(tool.roots, _Owner(share)))
    folders = _Folders(dict(roots))
    for number, package in enumerate(packages):
        label = _LANGUAGES.get(package.type)
        if label is None:
            continue
        share = (parts.LIBRARIES, label)
        for root in _package_roots(package):
            above = folders.owner(root)
            # what npm or pip bring along is theirs, though it is a package too
            is_tool = above is not None and above.share[0] == parts.PACKAGE_MANAGER
            roots[root] = _Owner(above.share if above and is_tool else share, number)
    return roots


def _package_roots(package: Package) -> Iterable[str]:
    """Give the files or folders of a language's package; none for what is inside another."""
    folder, name = posixpath.split(package.location)
    if package.files:
        return (*package.files, folder)
    if package.type == "maven":
        return () if package.inside or package.section else (package.location,)
    if package.type == "gem" and not package.bundled_in:
        beside = posixpath.join(posixpath.dirname(folder), "gems", name.removesuffix(".gemspec"))
        return (package.location, beside)
    if package.type == "composer":
        return (posixpath.join(posixpath.dirname(folder), package.name),)
    if name in ("package.json", "DESCRIPTION"):
        return (folder,)
    if folder.endswith(_METADATA_FOLDERS) or name.endswith(".egg-info"):
        return (folder if folder.endswith(_METADATA_FOLDERS) else package.location,)
    return ()


class _Folders:
    """Finds the nearest owned path at or above a path; remembers folders."""

    def __init__(self, roots: dict[str, _Owner]) -> None:
        self._roots = roots
        self._known: dict[str, _Owner | None] = {"": None}

    def owner(self, path: str) -> _Owner | None:
        """Give the owner of a file or folder."""
        exact = self._roots.get(path)
        return exact if exact is not None else self._folder(path.rpartition("/")[0])

    def _folder(self, folder: str) -> _Owner | None:
        known = self._known
        if folder in known:
            return known[folder]
        owner = self._roots.get(folder) or self._folder(folder.rpartition("/")[0])
        known[folder] = owner
        return owner
