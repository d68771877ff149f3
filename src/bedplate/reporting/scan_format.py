"""The contract of an entry on the shelf `scan_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.scan_report import ScanReport
    from bedplate.reporting.look import Look


class ScanFormat(Protocol):
    """One way to write down what a scan found.

    NAME is what `--format` takes. Texts of images and advisories must pass `harmless.harmless`,
    or an encoding that does the same. The same report gives the same bytes.
    """

    NAME: str

    def scan(self, report: ScanReport, look: Look, /) -> str:
        """Write the report down; what could not be seen too, where the format has a place."""
        ...
