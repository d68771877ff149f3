"""The contract of an entry on the shelf `report_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.comparison import Comparison, Inspection
    from bedplate.reporting.look import Look


class ReportFormat(Protocol):
    """One way to write reports down.

    NAME is what `--format` takes. Every text that comes from an image must pass
    `harmless.harmless`, or an encoding that does the same.
    """

    NAME: str

    def inspection(self, report: Inspection, look: Look, /) -> str:
        """Write one image down; everything unknown as such."""
        ...

    def comparison(self, report: Comparison, look: Look, /) -> str:
        """Write images down side by side."""
        ...
