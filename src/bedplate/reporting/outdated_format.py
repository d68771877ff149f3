"""The contract of an entry on the shelf `outdated_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.outdated_report import OutdatedReport
    from bedplate.reporting.look import Look


class OutdatedFormat(Protocol):
    """One way to write down what is behind.

    NAME is what `--format` takes. Names from files and registries must pass `harmless.harmless`,
    or an encoding that does the same.
    """

    NAME: str

    def write(self, report: OutdatedReport, look: Look, /) -> str:
        """Write the report down; what could not be examined too."""
        ...
