"""The contract of an entry on the shelf `lint_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.lint_report import LintReport
    from bedplate.reporting.look import Look


class LintFormat(Protocol):
    """One way to write down what linting found.

    NAME is what `--format` takes. Texts of the linted files must pass `harmless.harmless`, or an
    encoding that does the same.
    """

    NAME: str

    def write(self, report: LintReport, look: Look, /) -> str:
        """Write the report down; files that were skipped too, where the format has a place."""
        ...
