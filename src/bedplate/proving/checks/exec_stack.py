"""No object asks for an executable stack where the loader refuses it.

Source: glibc 2.41 release notes, "dlopen and dlmopen no longer make the stack executable".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.elf_file import ElfFlag
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "executable stack"
_SINCE = "GLIBC_2.41"


def check(case: Case) -> Proof | None:
    """Look at PT_GNU_STACK of what is opened by a running program; one that starts may."""
    if case.opening is None or case.loader is None or case.loader.kind is LoaderKind.MUSL:
        return None
    objects = case.process.objects if case.process else ()
    if any(one.library.elf.has(ElfFlag.EXECUTABLE_STACK) for one in objects):
        return None  # the stack of the process is executable already
    libc = (one.library.elf for one in objects if one.library.elf.soname == "libc.so.6")
    if not any(_SINCE in elf.versions_defined for elf in libc):
        return None
    for one in case.opening.added:
        if one.library.elf.has(ElfFlag.EXECUTABLE_STACK):
            return case.proof(
                Outcome.FAILS,
                NAME,
                "it asks for an executable stack, or does not say that it needs none: glibc 2.41 "
                "and later refuse it",
                missing="an executable stack",
                requested_by=one.path,
                fix="clear the mark (patchelf --clear-execstack), or take a newer release",
            )
    return None
