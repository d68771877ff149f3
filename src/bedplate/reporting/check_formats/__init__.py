"""The formats of checks; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.check_formats import github, json, junit, markdown, sarif, terminal

if TYPE_CHECKING:
    from bedplate.reporting.check_format import CheckFormat

CHECK_FORMATS: tuple[CheckFormat, ...] = (terminal, json, sarif, markdown, github, junit)
