"""Judge one file: every check, and the worst of what they say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.errors import BadInput
from bedplate.model.elf_file import Linkage
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome, Proof
from bedplate.proving.checks import CHECKS

if TYPE_CHECKING:
    from bedplate.model.elf_file import ElfFile
    from bedplate.proving.case import Case


def judge(case: Case) -> Proof:
    """Give the verdict on a file.

    Args:
        case: a program, or a library with who opens it.

    Returns:
        The worst proof; what the other checks found is among its evidence.
    """
    if case.linkage is Linkage.OBJECT:
        return case.proof(Outcome.LOADS, "", "input of a linker, which nothing loads")
    try:
        found = [proof for entry in CHECKS if (proof := entry.check(case))]
        sha256 = case.file.contents.sha256
    except BadInput as error:  # damaged in a place that only now is looked at, or out of bounds
        return case.proof(Outcome.UNKNOWN, "bytes", error.message)
    proof = max(found, key=lambda one: one.outcome.rank, default=None) or _passed(case)
    others = tuple(f"{one.check}: {one.reason}" for one in found if one is not proof)
    if proof.requested_by == case.file.path:
        proof = replace(proof, requested_by="")
    return replace(proof, evidence=(*proof.evidence, *others), sha256=sha256)


def _passed(case: Case) -> Proof:
    if case.loader is not None and case.loader.kind is LoaderKind.MUSL:
        for one in case.objects:
            if built_for_glibc(one.library.elf):
                return case.proof(
                    Outcome.UNSUPPORTED,
                    "",
                    "built for glibc, and musl happens to have all that it asks for",
                    requested_by=one.path,
                )
    if case.linkage in (Linkage.STATIC, Linkage.STATIC_PIE):
        return case.proof(Outcome.LOADS, "", "static: it needs no library")
    if case.host is not None and case.host.kind is not None and case.host.program is None:
        given = f"what {case.host.kind} itself gives was not looked at: the base has none"
        return case.proof(Outcome.LOADS, "", given)
    return case.proof(Outcome.LOADS, "", "")


def built_for_glibc(elf: ElfFile) -> bool:
    """Tell whether a file was linked against glibc."""
    return "libc.so.6" in elf.needed or any(
        need.name.startswith("GLIBC_") for need in elf.versions_needed
    )
