"""Libraries define the versions of symbols that files were built against.

Source: glibc, elf/dl-version.c, `_dl_check_map_versions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome
from bedplate.proving.remedies import newer_library

if TYPE_CHECKING:
    from bedplate.binaries.link_map import Loaded
    from bedplate.model.elf_file import ElfFile
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "symbol versions"


def check(case: Case) -> Proof | None:
    """Compare sets of versions; musl passes them over, and so does a library without any."""
    if case.process is None or case.process.loader.kind is LoaderKind.MUSL:
        return None
    defining = _by_name(case)
    for one in case.objects:
        for need in one.library.elf.versions_needed:
            provider = defining.get(need.provider)
            if need.weak or provider is None or not provider.versions_defined:
                continue
            if need.name not in provider.versions_defined:
                return _missing(case, one, need.provider, need.name)
    return None


def _by_name(case: Case) -> dict[str, ElfFile]:
    process = case.process
    objects = [*process.objects, *case.objects] if process else []
    names: dict[str, ElfFile] = {}
    for one in objects:
        elf = one.library.elf
        for name in (elf.soname, one.path.rpartition("/")[2]):
            names.setdefault(name, elf)
    loader = case.situation.world.library(process.loader.path) if process else None
    if loader:
        names.setdefault(loader.elf.soname, loader.elf)
    return names


def _missing(case: Case, one: Loaded, provider: str, version: str) -> Proof:
    return case.proof(
        Outcome.FAILS,
        NAME,
        f"{provider} of this base does not define {version}",
        missing=version,
        requested_by=one.path,
        fix=newer_library(version),
    )
