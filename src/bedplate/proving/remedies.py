"""The smallest change that helps, in one sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.binaries.plugins import PluginKind
from bedplate.model.loader import LoaderKind
from bedplate.proving.providers import packages as packages_with

if TYPE_CHECKING:
    from bedplate.proving.case import Case

NPM_CI = "run npm ci in a stage from this base, or stay on a glibc variant (-slim)"
_INSTALL = {"deb": "apt-get install --no-install-recommends", "apk": "apk add"}
# least version -> first releases whose glibc has it
_GLIBC = (
    ((2, 28), "debian:10"),
    ((2, 31), "debian:11, ubuntu:20.04"),
    ((2, 34), "debian:12, ubuntu:22.04"),
    ((2, 35), "debian:12, ubuntu:22.04"),
    ((2, 36), "debian:12, ubuntu:24.04"),
    ((2, 39), "debian:13, ubuntu:24.04"),
    ((2, 41), "debian:13"),
)
_GLIBC_VERSION = re.compile(r"GLIBC_(\d+)\.(\d+)")
_OF_LIBC = re.compile(r"ld-linux|ld-musl|ld64|lib(?:c|m|dl|rt|pthread|util|resolv)[.-]")
_LIBC_NAME = re.compile(r"ld-linux|ld64|libc\.so\.6|libresolv|libnsl\.so\.1|libcrypt\.so\.1")


def other_libc(case: Case, built_for: LoaderKind) -> str:
    """Say what to do with a program of another C library, or of any on a base without one."""
    if not case.situation.loaders:
        return "link it statically (Go: CGO_ENABLED=0), or use a base with a C library"
    if built_for is LoaderKind.GLIBC:
        return reinstall_on_musl(case)
    return "use the build for glibc: install the packages again in a stage from this base"


def reinstall_on_musl(case: Case) -> str:
    """Say how a file comes in a build for musl, by whose file it is."""
    path = case.file.path
    if PluginKind.PYTHON in case.file.plugin_of or "site-packages/" in path:
        return "run pip install in a stage from this base, which takes the musllinux wheel"
    if PluginKind.NODE in case.file.plugin_of or "node_modules/" in path:
        return NPM_CI
    return "build it in a stage from this base, or use a glibc variant (-slim)"


def is_of_libc(name: str) -> bool:
    """Tell whether a library is a part of glibc or musl."""
    return _OF_LIBC.match(name) is not None


def missing_library(case: Case, name: str) -> str:
    """Say how a library comes to be there."""
    candidate = case.situation.candidate
    musl = any(loader.kind is LoaderKind.MUSL for loader in case.situation.loaders)
    if musl and _LIBC_NAME.match(name):
        return reinstall_on_musl(case)
    if not musl and re.match(r"libc\.musl-|libc\.so$", name):
        return "use the build for glibc: install the packages again in a stage from this base"
    packages = packages_with(name, candidate.package_format)
    if packages:
        return f"{_INSTALL[candidate.package_format]} {' '.join(packages)}"
    return f"add {name} to the image, or use a base that has it"


def newer_library(version: str) -> str:
    """Say which base has a version of symbols, or how not to need it."""
    match = _GLIBC_VERSION.match(version)
    if match:
        wanted = int(match[1]), int(match[2])
        found = next((names for least, names in _GLIBC if wanted <= least), "")
        newer = f"use a base with glibc {match[1]}.{match[2]} or later"
        return f"{newer} ({found}), or build it on this one" if found else f"{newer}"
    if version.startswith(("GLIBCXX_", "CXXABI_")):
        return "use a base with a newer libstdc++, or build it on this one"
    return "use a base with a newer release of that library, or build it on this one"


def missing_symbol(case: Case) -> str:
    """Say what to do about a symbol that nothing defines."""
    if any(loader.kind is LoaderKind.MUSL for loader in case.situation.loaders):
        return reinstall_on_musl(case)
    return "install it again in a stage from this base"
