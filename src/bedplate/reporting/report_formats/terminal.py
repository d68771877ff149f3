"""A terminal, of any width, with colours or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.comparison import Comparison, Inspection
    from bedplate.reporting.look import Look

NAME = "terminal"


def inspection(report: Inspection, look: Look) -> str:
    """Draw one image."""
    from bedplate.reporting.terminal_inspection import (  # noqa: PLC0415 - lazy: loads rich
        draw_inspection,
    )

    return draw_inspection(report, look)


def comparison(report: Comparison, look: Look) -> str:
    """Draw images side by side."""
    from bedplate.reporting.terminal_comparison import (  # noqa: PLC0415 - lazy: loads rich
        draw_comparison,
    )

    return draw_comparison(report, look)
