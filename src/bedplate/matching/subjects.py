"""Packages and runtimes -> what to look up, and what can't be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bedplate.advisories.namespaces import runtime_of
from bedplate.matching.known_sources import known_sources
from bedplate.matching.look_up import LookUp, NoLookUp
from bedplate.matching.ownership import SystemFiles
from bedplate.matching.package_keys import PACKAGE_KEYS
from bedplate.matching.purl import qualifier
from bedplate.matching.release import SYSTEM_TYPES, namespace_of
from bedplate.matching.runtime_keys import look_ups
from bedplate.model.package import Package
from bedplate.model.package_url import package_url
from bedplate.model.runtime import Runtime
from bedplate.model.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bedplate.matching.package_key import PackageKey
    from bedplate.model.distro_release import DistroRelease

_KEYS: Mapping[str, PackageKey] = {entry.TYPE: entry for entry in PACKAGE_KEYS}
_NO_FEED = NoLookUp("no advisories for packages of this kind")
_NO_VERSION = NoLookUp("no version is told")
_PROGRAM = "generic"  # purl type
_NAMED = 3  # packages that a reason names


class Subject(NamedTuple):
    """What is looked up once.

    Args:
        look_up: what to ask for.
        packages: installed packages that share the answer.
        bundled_in: what carries them along; empty when they stand alone.
        runtime: name of the language runtime that it is; empty for packages.
    """

    look_up: LookUp
    packages: tuple[Package, ...]
    bundled_in: str = ""
    runtime: str = ""


def subjects_of(
    packages: Sequence[Package],
    runtimes: Iterable[Runtime],
    distro: DistroRelease | None,
    namespaces: Mapping[str, str],
) -> tuple[list[Subject], list[Skipped]]:
    """Say what to look up; what a distribution packages of a language is not looked up twice.

    Args:
        packages: of an image, those of the system and of languages.
        runtimes: of the same image.
        distro: of the same image; None to go by the package URLs.
        namespaces: by purl type, for system packages of which neither tells the release.

    Returns:
        what to look up, and what can't be with the reason.
    """
    packages = _with_sources(packages)
    answers = [_look_up(package, distro, namespaces) for package in packages]
    system = SystemFiles(
        (package, not isinstance(answer, NoLookUp) or not answer.foreign)
        for package, answer in zip(packages, answers, strict=True)
        if package.type in SYSTEM_TYPES
    )
    grouped: defaultdict[tuple[LookUp, str], list[Package]] = defaultdict(list)
    left_out: defaultdict[tuple[str, str], list[Package]] = defaultdict(list)
    for package, answer in zip(packages, answers, strict=True):
        if package.type not in SYSTEM_TYPES and system.own(package):
            continue
        if package.type == _PROGRAM and runtime_of(package.name):
            continue
        if isinstance(answer, LookUp):
            grouped[answer, package.bundled_in].append(package)
        else:
            left_out[package.type, answer.reason].append(package)
    subjects = [Subject(key[0], _sorted(found), key[1]) for key, found in grouped.items()]
    unmatched = [_skipped(kind, why, found) for (kind, why), found in left_out.items()]
    for runtime in _with_programs(runtimes, packages):
        if system.own_runtime(runtime):
            continue
        if runtime.version:
            subjects += _of_runtime(runtime)
        else:
            unmatched.append(Skipped(runtime.title, _NO_VERSION.reason))
    return subjects, unmatched


def _sorted(packages: list[Package]) -> tuple[Package, ...]:
    if len(packages) == 1:
        return tuple(packages)
    return tuple(sorted(packages, key=lambda p: (p.name, p.version, p.architecture, p.location)))


def _with_sources(packages: Sequence[Package]) -> Sequence[Package]:
    """Fill in source packages where a whole list does not tell them."""
    told = {package.type for package in packages if package.source_name}
    lost = {package.type for package in packages} & SYSTEM_TYPES - told
    if not any(known_sources(kind) for kind in lost):
        return packages
    return [
        replace(package, source_name=known_sources(package.type).get(package.name, ""))
        if package.type in lost
        else package
        for package in packages
    ]


def _look_up(
    package: Package, distro: DistroRelease | None, namespaces: Mapping[str, str]
) -> LookUp | NoLookUp:
    entry = _KEYS.get(package.type)
    if entry is None:
        return _NO_FEED
    namespace = ""
    if package.type in SYSTEM_TYPES:
        namespace = namespace_of(package, distro)
        if not namespace and distro is None and not qualifier(package.purl, "distro"):
            namespace = namespaces.get(package.type, "")
    # a Go module without one is a build from a work tree
    return entry.look_up(package, namespace) if package.version else _NO_VERSION


def _with_programs(runtimes: Iterable[Runtime], packages: Iterable[Package]) -> list[Runtime]:
    """Add the runtimes that an SBOM of others lists among its packages."""
    found = list(runtimes)
    known = {(runtime.name, runtime.version) for runtime in found}
    for package in packages:
        name = runtime_of(package.name) if package.type == _PROGRAM else ""
        if name and (name, package.version) not in known:
            known.add((name, package.version))
            found.append(
                Runtime(name, package.name, package.version, package.location, layer=package.layer)
            )
    return found


def _of_runtime(runtime: Runtime) -> list[Subject]:
    package = Package(
        type=_PROGRAM,
        name=runtime.name,
        version=runtime.version,
        purl=package_url(_PROGRAM, runtime.name, runtime.version),
        location=runtime.path,
        layer=runtime.layer,
    )
    return [Subject(one, (package,), runtime=runtime.name) for one in look_ups(runtime)]


def _skipped(kind: str, reason: str, packages: Sequence[Package]) -> Skipped:
    names = list(dict.fromkeys(f"{p.name} {p.version}".strip() for p in packages))
    if len(names) == 1:
        return Skipped(names[0], reason)
    more = ", ..." if len(names) > _NAMED else ""
    return Skipped(f"{len(names)} {kind} packages ({', '.join(names[:_NAMED])}{more})", reason)
