"""Write advice in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.advice_formats import ADVICE_FORMATS

if TYPE_CHECKING:
    from bedplate.model.advice import Advice
    from bedplate.reporting.look import Look

ADVICE_FORMAT_NAMES = tuple(entry.NAME for entry in ADVICE_FORMATS)


def render_advice(advice: Advice, format_name: str, look: Look) -> str:
    """Write advice down.

    Args:
        advice: what to tell.
        format_name: one of `ADVICE_FORMAT_NAMES`.
        look: width, colours, characters.
    """
    entry = next(entry for entry in ADVICE_FORMATS if format_name == entry.NAME)
    return entry.write(advice, look)
