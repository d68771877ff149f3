"""The loader applies compact relative relocations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.elf_file import ElfFlag
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "relative relocations"
_MARK = "GLIBC_ABI_DT_RELR"


def check(case: Case) -> Proof | None:
    """Find objects with DT_RELR where the loader passes it over: addresses stay wrong."""
    if case.process is None or case.loader is None or _reads_relr(case):
        return None
    for one in case.objects:
        if one.library.elf.has(ElfFlag.RELR):
            libc = f"{case.loader.kind} {case.loader.version}".strip()
            return case.proof(
                Outcome.RISK,
                NAME,
                f"it has compact relocations (DT_RELR), which {libc} passes over: it crashes",
                missing="DT_RELR",
                requested_by=one.path,
                fix="use a base with musl 1.2.4 or glibc 2.36, or later",
            )
    return None


def _reads_relr(case: Case) -> bool:
    if case.loader is None or case.loader.kind is LoaderKind.MUSL:
        return case.loader is None or case.loader.reads_relr
    objects = case.process.objects if case.process else ()
    libc = (one.library.elf for one in objects if one.library.elf.soname == "libc.so.6")
    return any(_MARK in elf.versions_defined for elf in libc)
