"""The formats of SBOMs that are written; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.sbom_formats import cyclonedx, spdx

if TYPE_CHECKING:
    from bedplate.reporting.sbom_format import SbomFormat

SBOM_FORMATS: tuple[SbomFormat, ...] = (cyclonedx, spdx)
