"""MAINTAINER is deprecated.

Fix: write `LABEL org.opencontainers.image.authors="..."`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("MaintainerDeprecated", "DL4000", "DS-0022")
BAD = ("FROM debian:12\nMAINTAINER me\n",)
GOOD = ('FROM debian:12\nLABEL org.opencontainers.image.authors="me"\n',)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find MAINTAINER."""
    for step in file.direct("MAINTAINER"):
        yield Hit(step, "MAINTAINER is deprecated")
