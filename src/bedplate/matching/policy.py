"""Findings that are true and yet noise: marked, counted, and shown on request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.matching.release import SYSTEM_TYPES
from bedplate.model.advisory import Status
from bedplate.model.finding import Suppression

if TYPE_CHECKING:
    from collections.abc import Collection

    from bedplate.model.package import Package

KERNEL_HEADERS = "kernel-headers"
UNIMPORTANT = "unimportant"
UNDER_INVESTIGATION = "under-investigation"
DOCUMENTATION = "documentation"

# name of the policy -> reason, for people
POLICIES: dict[str, str] = {
    KERNEL_HEADERS: "headers of the kernel: the kernel itself is the host's",
    UNIMPORTANT: "no security impact as the distribution builds it",
    UNDER_INVESTIGATION: "the distribution has not looked at it yet",
    DOCUMENTATION: "documentation only",
}
_SUPPRESSIONS = {name: Suppression("policy", reason, name) for name, reason in POLICIES.items()}
_KERNEL = re.compile(r"linux(?:-\d.*|-aws.*|-azure.*|-gcp.*|-hwe.*|-kvm.*)?|kernel.*")
_HEADERS = re.compile(
    r"linux-libc-dev.*|linux-headers.*|linux-kbuild.*|linux-compiler-.*|linux-tools-common"
    r"|kernel-(?:.*-)?headers|kernel-srpm-macros"
)
_DOCUMENTATION = re.compile(r".+-(?:doc|docs|documentation|manual|man-pages)")


def suppression_of(
    component: str, packages: Collection[Package], statuses: Collection[Status], certain: Status
) -> Suppression | None:
    """Tell which policy takes a finding out of the count; None when none does.

    Args:
        component: as in `Finding`.
        packages: as in `Finding`.
        statuses: what the witnesses say.
        certain: the status that counts.
    """
    if _KERNEL.fullmatch(component) and all(_HEADERS.fullmatch(p.name) for p in packages):
        return _SUPPRESSIONS[KERNEL_HEADERS]
    if Status.UNIMPORTANT in statuses:
        return _SUPPRESSIONS[UNIMPORTANT]
    if certain is Status.UNDER_INVESTIGATION:
        return _SUPPRESSIONS[UNDER_INVESTIGATION]
    if all(p.type in SYSTEM_TYPES and _DOCUMENTATION.fullmatch(p.name) for p in packages):
        return _SUPPRESSIONS[DOCUMENTATION]
    return None
