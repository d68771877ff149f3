"""The formats of advice; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.advice_formats import json, markdown, terminal

if TYPE_CHECKING:
    from bedplate.reporting.advice_format import AdviceFormat

ADVICE_FORMATS: tuple[AdviceFormat, ...] = (terminal, json, markdown)
