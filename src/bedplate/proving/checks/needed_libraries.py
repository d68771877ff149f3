"""All libraries are found that a file needs, and those that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.model.verdict import Outcome
from bedplate.proving.providers import packages
from bedplate.proving.remedies import is_of_libc, missing_library

if TYPE_CHECKING:
    from bedplate.model.verdict import Proof
    from bedplate.proving.case import Case

NAME = "needed libraries"


def check(case: Case) -> Proof | None:
    """Follow NEEDED as the loader does."""
    if not case.missing_libraries:
        return None
    name, user = case.missing_libraries[0]
    others = sorted({one.name for one in case.missing_libraries} - {name})
    reason = f"{name} is not found"
    candidate = case.situation.candidate
    if candidate.partial and not is_of_libc(name):
        return case.proof(
            Outcome.UNKNOWN,
            NAME,
            f"{reason} in a profile that knows the C library alone",
            missing=name,
            requested_by=user,
            provided_by=packages(name, candidate.package_format),
        )
    if candidate.tree is None and _has_own_folders(case, user):
        return case.proof(
            Outcome.UNKNOWN,
            NAME,
            f"{reason} in the folders that the profile knows, and {user} has folders of its own",
            missing=name,
            requested_by=user,
        )
    return case.proof(
        Outcome.FAILS,
        NAME,
        reason,
        missing=name,
        requested_by=user,
        provided_by=packages(name, candidate.package_format),
        fix=missing_library(case, name),
        evidence=(f"also not found: {', '.join(others[:10])}",) if others else (),
    )


def _has_own_folders(case: Case, user: str) -> bool:
    """Tell whether a file of the base searches folders that its profile may not know."""
    if case.situation.application.tree.resolve(user) is not None:
        return False
    found = case.situation.world.library(user)
    return found is not None and bool(found.elf.rpath or found.elf.runpath)
