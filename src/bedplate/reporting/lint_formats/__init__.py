"""The formats of lint reports; the first is the default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.reporting.lint_formats import github, gitlab, json, junit, sarif, terminal

if TYPE_CHECKING:
    from bedplate.reporting.lint_format import LintFormat

LINT_FORMATS: tuple[LintFormat, ...] = (terminal, json, sarif, github, gitlab, junit)
