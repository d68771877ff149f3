"""Gems: builds by platform, or sources that are compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.native_evidence import NativeEvidence, NativeKind
from bedplate.proving.machines import machine_of
from bedplate.proving.native_packages import known_package
from bedplate.proving.platform_names import parse_platform

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.install_target import InstallTarget
    from bedplate.model.locked_package import LockedPackage

TYPE = "gem"
_KIND = NativeKind
_SOURCE = "ruby"
_PROCESSORS = {"amd64": "x86_64", "386": "x86", "arm64": "aarch64"}


def judge(
    package: LockedPackage, packages: Mapping[str, LockedPackage], target: InstallTarget
) -> NativeEvidence | None:
    """Tell which build of a gem Bundler would install.

    Args:
        package: of the lock file.
        packages: all of the lock file, not looked at.
        target: where it is installed.

    Source: RubyGems, "Gem::Platform"; issues 4082 and 5852 of rubygems/rubygems.
    """
    del packages
    if package.direct and package.notes and not any(_admits(one, target) for one in package.notes):
        return _for_others(package, target)
    builds = [one for one in package.variants if one != _SOURCE]
    source = _SOURCE in package.variants
    if not builds:
        return _without_builds(package)
    fitting = [one for one in builds if _libc(one, target) == target.libc]
    shown = (f"platforms in the lock file: {', '.join(package.variants)}",)
    if fitting:
        return NativeEvidence(
            _KIND.PREBUILT, shown, file=f"{package.label}-{fitting[0]}", libc=target.libc
        )
    if any(parse_platform(one).libc == "" and _libc(one, target) for one in builds):
        reason = "RubyGems takes its build for any Linux, which is made for glibc"
        return NativeEvidence(_KIND.UNKNOWN, shown, reason, fix=_added(target))
    missing = f"{package.label}-{_words(target)}"
    if source:
        # Bundler keeps to the platforms of the lock file, of which `ruby` runs anywhere.
        reason = "the lock file has no build of it for this platform, but its source"
        return NativeEvidence(_KIND.COMPILE, shown, reason, missing, _added(target))
    reason = f"the lock file has no build of it for {target.libc}"
    return NativeEvidence(_KIND.FOREIGN, shown, reason, missing, _added(target))


def _for_others(package: LockedPackage, target: InstallTarget) -> NativeEvidence:
    """Judge a gem of a lock file that Bundler does not install on this platform at all."""
    reason = f"the lock file is for {', '.join(package.notes)} only"
    return NativeEvidence(
        _KIND.FOREIGN, ("PLATFORMS",), reason, f"the platform {_words(target)}", _added(target)
    )


def _admits(platform: str, target: InstallTarget) -> bool:
    """Tell whether a platform of a lock file covers a target; a bare Linux covers musl too."""
    libc = _libc(platform, target)
    return (
        platform == _SOURCE
        or libc == target.libc
        or (bool(libc) and not parse_platform(platform).libc)
    )


def _without_builds(package: LockedPackage) -> NativeEvidence:
    known = known_package(TYPE, package.name, package.version)
    if known is None:
        shown = (f"{package.name} has no builds for single platforms",)
        return NativeEvidence(_KIND.PURE, shown)
    return NativeEvidence(
        _KIND.COMPILE,
        ("it has an extension in C, and no builds", *((known.note,) if known.note else ())),
        libraries=known.libraries,
        provided_by=known.provided_by,
        self_contained=known.is_self_contained,
    )


def _libc(platform: str, target: InstallTarget) -> str:
    """Give the C library of a platform; empty when it is for another system or processor."""
    named = parse_platform(platform)
    if not named.linux or not named.fits_processor(machine_of(target.platform)):
        return ""
    # A bare `x86_64-linux` is glibc, as it was before there were others.
    return named.libc or "glibc"


def _added(target: InstallTarget) -> str:
    return f"bundle lock --add-platform {_words(target)}"


def _words(target: InstallTarget) -> str:
    word = _PROCESSORS.get(target.platform.architecture, target.platform.architecture)
    return f"{word}-linux-{'musl' if target.libc == 'musl' else 'gnu'}"
