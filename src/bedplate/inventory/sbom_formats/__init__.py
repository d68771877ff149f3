"""The formats of SBOMs that are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.inventory.sbom_formats import cyclonedx, spdx, spdx3, syft

if TYPE_CHECKING:
    from bedplate.inventory.sbom_format import SbomFormat

SBOM_FORMATS: tuple[SbomFormat, ...] = (cyclonedx, spdx, spdx3, syft)
