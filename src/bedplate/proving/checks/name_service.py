"""The modules are there by which a static glibc looks names up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.elf_file import Linkage
from bedplate.model.loader import LoaderKind
from bedplate.model.verdict import Outcome
from bedplate.proving.app_file import STATIC_NSS

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "name service"
_STATIC = (Linkage.STATIC, Linkage.STATIC_PIE)


def check(case: Case) -> Proof | None:
    """Ask for the modules that a static glibc opens to look up hosts and users."""
    if case.linkage not in _STATIC or STATIC_NSS not in case.file.contents.uses:
        return None
    loaders = case.situation.loaders
    if any(loader.kind is LoaderKind.GLIBC for loader in loaders):
        return None
    return case.proof(
        Outcome.RISK,
        NAME,
        "it has glibc inside, which opens libnss_*.so.2 to look names up: not on this base",
        missing="libnss_dns.so.2",
        fix="build it without cgo (CGO_ENABLED=0, -tags netgo,osusergo), or link musl",
        evidence=("the text libnss_ is in the program",),
    )
