"""The loader is there that a program names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.elf_file import Linkage
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome
from bedplate.proving.remedies import other_libc

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "interpreter"


def check(case: Case) -> Proof | None:
    """Look PT_INTERP up: without it, the kernel says "no such file or directory".

    A library without a process to be opened in is judged here too.
    """
    if case.linkage is Linkage.DYNAMIC and case.loader is None:
        path = case.file.elf.interpreter
        kind = LoaderKind.MUSL if "musl" in path else LoaderKind.GLIBC
        return case.proof(
            Outcome.FAILS,
            NAME,
            f"its loader {path} is not on this base: it does not start",
            missing=path,
            fix=other_libc(case, kind),
        )
    if case.linkage is Linkage.SHARED_LIBRARY and case.host is None:
        return case.proof(
            Outcome.FAILS,
            NAME,
            "the base has no dynamic loader: nothing there can open a library",
            missing="a dynamic loader",
            fix="use a base with a C library",
        )
    return None
