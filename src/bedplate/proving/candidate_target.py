"""A base as package managers see it, read from what is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.install_target import InstallTarget
from bedplate.model.loader import LoaderKind
from bedplate.model.platform import Platform
from bedplate.proving.machines import architecture_of
from bedplate.proving.numbers import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.proving.candidate import Candidate

_GLIBC = re.compile(r"GLIBC_(\d{1,2}\.\d{1,3})")
_SONAME = re.compile(r"lib[^/]+\.so[^/]*")
# glibc 2.31 defines no version of its own: its newest is that of 2.30.
_SILENT = {"2.30": "2.31"}


def target_of(candidate: Candidate, installed_on: Candidate | None = None) -> InstallTarget:
    """Make a target of a base.

    Args:
        candidate: where the packages run.
        installed_on: where they are installed; None for the base itself.
    """
    profile = candidate.profile
    loader = profile.loaders[0] if profile.loaders else None
    machine = profile.machine or (loader.machine if loader else 0)
    node = next((one for one in profile.main_programs if one.name == "node"), None)
    libc = str(loader.kind) if loader else ""
    return InstallTarget(
        Platform("linux", architecture_of(machine) or "amd64").normalized(),
        libc,
        _glibc_version(candidate) if libc == LoaderKind.GLIBC else loader.version if loader else "",
        {one.name: one.version for one in profile.main_programs if one.version},
        node.api_version if node else 0,
        frozenset(path.rpartition("/")[2] for path in (*profile.commands, *profile.shells)),
        frozenset(_libraries(candidate)),
        candidate.package_format,
        candidate.has("etc/alpine-release"),
        target_of(installed_on) if installed_on is not None else None,
    )


def _glibc_version(candidate: Candidate) -> str:
    """Give the newest version that its libc.so.6 defines; empty when that was not found."""
    for folder in _library_folders(candidate):
        library = candidate.world.library(f"{folder}/libc.so.6")
        if library is not None:
            found = map(_GLIBC.fullmatch, library.elf.versions_defined)
            newest = max((one[1] for one in found if one), key=numbers, default="")
            return _SILENT.get(newest, newest)
    return ""


def _library_folders(candidate: Candidate) -> Iterator[str]:
    for loader in candidate.profile.loaders:
        yield from loader.folders
        yield loader.path.rpartition("/")[0]
        yield from (
            path.rpartition("/")[0] for path in loader.cached if path.endswith("/libc.so.6")
        )


def _libraries(candidate: Candidate) -> Iterator[str]:
    """Give the names under which libraries are there."""
    profile = candidate.profile
    paths = [*profile.libraries, *profile.links]
    if candidate.tree is not None:
        paths = [entry.path for entry in candidate.tree.entries()]
    for path in paths:
        name = path.rpartition("/")[2]
        if _SONAME.fullmatch(name):
            yield name
