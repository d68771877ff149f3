"""npm: platform packages, builds inside packages, install scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.proving.carried_builds import judge_carried
from bedplate.proving.native_marks import AT_REQUIRE, TOOLS, native_mark
from bedplate.proving.native_packages import known_package
from bedplate.proving.npm_platform import is_platform_package, libc_of, runs_on
from bedplate.proving.platform_family import family_of, fitting_members

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage
    from bedplate.proving.native_packages import KnownPackage
    from bedplate.proving.platform_family import Member

TYPE = "npm"
_KIND = NativeKind


def judge(
    package: LockedPackage, packages: Mapping[str, LockedPackage], target: InstallTarget
) -> NativeEvidence | None:
    """Tell which build of a package npm, pnpm, Yarn or Bun would install.

    Args:
        package: of the lock file.
        packages: all of the lock file, by key.
        target: where it is installed.

    Returns:
        None for a platform package that is optional: its parent is judged.
    """
    known = known_package(TYPE, package.name, package.version)
    members, names = family_of(package, packages, target.platform)
    if names and not (known and known.carries):
        return _with_known(_judge_family(package, members, names, target, known), known, package)
    if not names and is_platform_package(package.name, package):
        return None if package.optional else _judge_platform(package, target)
    if known is not None and (known.carries or known.install):
        return _with_known(judge_carried(known, package, target), known, package)
    return _with_known(_by_marks(package), known, package)


def _judge_family(
    package: LockedPackage,
    members: tuple[Member, ...],
    names: tuple[str, ...],
    target: InstallTarget,
    known: KnownPackage | None,
) -> NativeEvidence:
    fallback = _fallback(package, known)
    fitting = fitting_members(members, target.libc)
    lacking = next((one for one in fitting if one.package is None), None)
    if lacking is not None:
        return NativeEvidence(
            _KIND.FOREIGN,
            (f"{package.label} names {lacking.name}", lacking.shown),
            "the lock file lacks the build for this platform that the package has",
            missing=lacking.name,
            fix="make the lock file anew, without node_modules beside it",
            fallback=fallback,
        )
    if fitting:
        return replace(_installed(fitting, members), fallback=fallback)
    others = [one.name for one in members] or list(names)
    if fallback is not None and not members:
        return NativeEvidence(fallback, (f"no platform package of it for {target}",))
    return NativeEvidence(
        _KIND.FOREIGN,
        (f"it has {', '.join(others[:4])}",),
        f"it has no build for {target.libc or 'a base without C library'}"
        if members
        else f"it has no build for {target.platform}",
        missing=f"a build of {package.label} for {target.libc} on {target.platform}",
        fallback=fallback,
    )


def _installed(fitting: tuple[Member, ...], members: tuple[Member, ...]) -> NativeEvidence:
    """Judge platform packages that get installed."""
    shown = tuple(one.shown for one in fitting)
    named = ", ".join(f"{one.name} {one.package.version}" for one in fitting if one.package)
    libc = fitting[0].libc
    if not libc:
        reason = "neither name nor fields of its platform package say for which C library it is"
        return NativeEvidence(_KIND.UNKNOWN, shown, reason, file=named)
    others = [one.package for one in members if one.package and one.libc not in ("", libc)]
    # Without the field, every C library's package of the right processor is installed.
    both = bool(others) and not any(one.libcs for one in others)
    return NativeEvidence(
        _KIND.PREBUILT, shown, file=named, libc="" if both else libc, everywhere=both
    )


def _judge_platform(package: LockedPackage, target: InstallTarget) -> NativeEvidence:
    """Judge a platform package that the project wants by itself, wherever it runs."""
    libc = libc_of(package.name, package)
    shown = (f"os={','.join(package.systems)} cpu={','.join(package.processors)}",)
    if not runs_on(package.name, package, target.platform) or (libc and libc != target.libc):
        return NativeEvidence(
            _KIND.FOREIGN,
            shown,
            "a platform package that is wanted on every platform",
            missing=f"a build of {package.label} for {target.libc} on {target.platform}",
        )
    if libc:
        return NativeEvidence(_KIND.PREBUILT, shown, file=package.label, libc=libc)
    # Fields such as os=linux,darwin alone say nothing of native code.
    return replace(_by_marks(package), shown=shown)


def _by_marks(package: LockedPackage) -> NativeEvidence:
    if package.name in TOOLS:
        return NativeEvidence(_KIND.PURE, ("a tool for native code of others",))
    kind, shown = native_mark(package.needs or (), install_script=False)
    optional = not shown
    if optional:
        needs = package.optional_needs or ()
        kind, shown = native_mark(needs, install_script=package.install_script)
    if kind is _KIND.PURE:
        what = "no install script, no platform packages, no tools for native code"
        if package.install_script is None:
            what = "no platform packages, no tools for native code; install scripts are not told"
        return NativeEvidence(kind, (what,))
    if shown:
        compiles = kind is _KIND.DOWNLOAD or (kind is _KIND.UNKNOWN and package.install_script)
        fallback = _KIND.COMPILE if compiles else None
        reason = "it carries builds, of which the lock file does not tell what they are for"
        return NativeEvidence(
            kind,
            (f"it needs {shown}",),
            reason if kind is _KIND.UNKNOWN else "",
            fallback=fallback,
            optional=optional,
        )
    return NativeEvidence(kind, ("hasInstallScript",), "its install script may do anything")


def _fallback(package: LockedPackage, known: KnownPackage | None) -> NativeKind | None:
    if known is not None and known.install == "compile":
        return _KIND.COMPILE
    needs = {**(package.needs or {}), **(package.optional_needs or {})}
    if AT_REQUIRE in needs:
        return _KIND.DOWNLOAD
    if not package.install_script:
        return None
    kind, shown = native_mark(needs, install_script=False)
    return kind if shown and kind in (_KIND.COMPILE, _KIND.DOWNLOAD) else None


def _with_known(
    evidence: NativeEvidence, known: KnownPackage | None, package: LockedPackage
) -> NativeEvidence:
    if known is None:
        return evidence
    direct = package.direct is True
    return replace(
        evidence,
        optional=evidence.optional
        or known.optional == "itself"
        or (bool(known.optional) and not direct),
        self_contained=known.is_self_contained,
        commands=known.commands,
        libraries=known.libraries,
        provided_by=known.provided_by,
        shown=(*evidence.shown, *((known.note,) if known.note else ())),
    )
