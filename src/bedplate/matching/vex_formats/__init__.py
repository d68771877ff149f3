"""The kinds of VEX documents that bedplate reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.matching.vex_formats import csaf, cyclonedx, openvex

if TYPE_CHECKING:
    from bedplate.matching.vex_format import VexFormat

VEX_FORMATS: tuple[VexFormat, ...] = (openvex, csaf, cyclonedx)
