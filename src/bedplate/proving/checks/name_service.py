"""The modules are there by which a static glibc looks names up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.binaries.go_program import GoUse
from bedplate.model.elf_file import Linkage
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome
from bedplate.proving.app_file import STATIC_NSS

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "name service"
_LOOKUPS = frozenset((GoUse.NAME_LOOKUP, GoUse.USERS))
_STATIC = (Linkage.STATIC, Linkage.STATIC_PIE)


def check(case: Case) -> Proof | None:
    """Ask for the modules that a static glibc opens to look up hosts and users.

    Whether a program ever does, only the names of its functions tell, which Go keeps; that the
    text is in others is worth a remark.
    """
    if case.linkage not in _STATIC or STATIC_NSS not in case.file.contents.uses:
        return None
    loaders = case.situation.loaders
    if any(loader.kind is LoaderKind.GLIBC for loader in loaders):
        return None
    return case.proof(
        Outcome.LOADS if _LOOKUPS.isdisjoint(case.file.contents.uses) else Outcome.RISK,
        NAME,
        "it has glibc inside, which opens libnss_*.so.2 to look names of hosts and users up: "
        "not on this base",
        missing="libnss_dns.so.2",
        fix="build it without cgo (CGO_ENABLED=0, -tags netgo,osusergo), or link musl",
        evidence=("the text libnss_ is in the program",),
    )
