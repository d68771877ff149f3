"""Write a lint report in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.lint_formats import LINT_FORMATS

if TYPE_CHECKING:
    from bedplate.model.lint_report import LintReport
    from bedplate.reporting.look import Look


def render_lint(report: LintReport, format_name: str, look: Look) -> str:
    """Write a lint report down.

    Args:
        report: what to tell.
        format_name: NAME of an entry of `LINT_FORMATS`.
        look: width, colours, characters.
    """
    entry = next(entry for entry in LINT_FORMATS if format_name == entry.NAME)
    return entry.write(report, look)
