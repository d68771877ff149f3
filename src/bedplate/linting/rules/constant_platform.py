"""FROM fixes the platform by --platform.

A build for another platform gets the wrong binaries then, or runs in emulation.

Fix: leave the flag out, or use `$BUILDPLATFORM` for a stage that cross-compiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3029", "FromPlatformFlagConstDisallowed")
BAD = ("FROM --platform=linux/amd64 debian:12\n",)
GOOD = (
    "FROM debian:12\n",
    "FROM --platform=$BUILDPLATFORM golang:1.26\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find platforms that no variable of the build decides."""
    for stage in file.stages:
        platform = stage.platform
        if not platform or "BUILDPLATFORM" in platform or "TARGETPLATFORM" in platform:
            continue
        twins: tuple[str, ...] = ("DL3029",)
        if "$" not in platform and not _says_platform(stage.name or "", platform):
            twins = TWINS
        yield Hit(file.origin(stage.index), f"the platform is fixed to {platform}", None, twins)


def _says_platform(name: str, platform: str) -> bool:
    """Tell whether a stage's name carries the operating system or the architecture."""
    return any(part and part in name for part in platform.lower().split("/")[:2])
