"""The contract of an entry on the shelf `check_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.check_report import CheckReport
    from bedplate.reporting.look import Look


class CheckFormat(Protocol):
    """One way to write down a check.

    NAME is what `--format` takes. Names from files and registries must pass `harmless.harmless`,
    or an encoding that does the same. Nothing in it tells when the check ran: the same bytes and
    answers give the same report.
    """

    NAME: str

    def write(self, report: CheckReport, look: Look, /) -> str:
        """Write the report down; what could not be examined too."""
        ...
