"""The formats of scan reports; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.scan_formats import (
    cyclonedx,
    gitlab,
    html,
    json,
    junit,
    markdown,
    openvex,
    sarif,
    spdx,
    terminal,
)

if TYPE_CHECKING:
    from bedplate.reporting.scan_format import ScanFormat

SCAN_FORMATS: tuple[ScanFormat, ...] = (
    terminal,
    json,
    markdown,
    html,
    sarif,
    cyclonedx,
    spdx,
    openvex,
    gitlab,
    junit,
)
