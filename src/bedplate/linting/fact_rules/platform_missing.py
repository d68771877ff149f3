"""An image is not made for a platform that it is wanted for.

The build fails on that platform, or runs under emulation, and often nobody notices before a
release.

Example: `FROM --platform=linux/arm64 registry.example/base:1`, an image of linux/amd64 alone; or
`platforms` in the table `lint.facts` names a platform that an image lacks.

Fix: choose an image that is made for the platform, or take the platform out of the settings.

Fix safety: there is no automatic fix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.fact_rule import Claim
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage
    from bedplate.model.platform import Platform

SEVERITY = Severity.ERROR
TWINS = ("InvalidBaseImagePlatform",)  # BuildKit is silent on platforms of our settings
_SHOWN = 8
_LONGEST = 64


def check(image: LintedImage) -> Iterator[Claim]:
    """Find wanted platforms that nothing on offer can serve."""
    offered = image.evidence.platforms
    if not offered or image.use.role == "syntax":
        return
    normal = [one.normalized() for one in offered]
    for wanted in image.wanted:
        if not any(_runs(wanted, one) for one in normal):
            there = ", ".join(str(one)[:_LONGEST] for one in offered[:_SHOWN])
            more = f" and {len(offered) - _SHOWN} more" if len(offered) > _SHOWN else ""
            message = f"{image.name} is not made for {wanted}; there are: {there}{more}"
            yield Claim(message, twins=TWINS if image.use.platform else ())


def _runs(wanted: Platform, offered: Platform) -> bool:
    """Tell whether a platform runs images of another: an older variant of the same processor.

    The 32-bit images that a 64-bit processor can also run are not what was asked for.
    """
    return any(
        candidate.covers(offered)
        for candidate in wanted.compatible()
        if candidate.architecture == wanted.normalized().architecture
    )
