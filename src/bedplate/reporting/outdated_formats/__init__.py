"""The formats of reports on what is behind; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.outdated_formats import json, markdown, terminal

if TYPE_CHECKING:
    from bedplate.reporting.outdated_format import OutdatedFormat

OUTDATED_FORMATS: tuple[OutdatedFormat, ...] = (terminal, json, markdown)
