"""Platforms in the words of npm: fields of packages, and what their names say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.proving.machines import machine_of
from bedplate.proving.platform_names import parse_platform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bedplate.model.locked_package import LockedPackage
    from bedplate.model.platform import Platform

# GOARCH -> process.arch, where they differ; ppc64 is little-endian on Linux.
_PROCESSORS = {"386": "ia32", "amd64": "x64", "ppc64le": "ppc64"}
# Words for other systems than Linux in names of platform packages.
_SYSTEMS = frozenset((
    *("darwin", "macos", "mac", "osx", "win32", "win", "windows", "android", "freebsd"),
    *("openbsd", "netbsd", "sunos", "aix", "openharmony"),
))  # fmt: skip
_WASM = frozenset(("wasm32", "wasi"))


def is_platform_package(name: str, package: LockedPackage | None) -> bool:
    """Tell whether a package holds a build for one platform, by its fields or its name."""
    if package is not None and (package.systems or package.processors):
        return True
    named = parse_platform(name)
    words = set(named.rest)
    return bool(named.processors and (named.linux or words & _SYSTEMS)) or bool(words & _WASM)


def runs_on(name: str, package: LockedPackage | None, platform: Platform) -> bool:
    """Tell whether a platform package is for this system and processor, libc left aside."""
    word = _PROCESSORS.get(platform.architecture, platform.architecture)
    if package is not None and (package.systems or package.processors):
        return _admits(package.systems, platform.os) and _admits(package.processors, word)
    named = parse_platform(name)
    return named.linux and platform.os == "linux" and named.fits_processor(machine_of(platform))


def _admits(listed: Sequence[str], word: str) -> bool:
    """Tell whether a field of npm such as `os` admits a word; `!word` leaves one out."""
    if f"!{word}" in listed:
        return False
    positive = [one for one in listed if not one.startswith("!")]
    return not positive or word in positive or "any" in positive


def libc_of(name: str, package: LockedPackage | None) -> str:
    """Tell for which C library a platform package is; empty when neither field nor name says."""
    if package is not None and package.libcs:
        return package.libcs[0] if len(package.libcs) == 1 else ""
    return parse_platform(name).libc
