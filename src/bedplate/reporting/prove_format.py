"""The contract of an entry on the shelf `prove_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.verdict import ProofReport
    from bedplate.reporting.look import Look


class ProveFormat(Protocol):
    """One way to write down what was proved.

    NAME is what `--format` takes. Texts of the application and the bases must pass
    `harmless.harmless`, or an encoding that does the same.
    """

    NAME: str

    def write(self, report: ProofReport, look: Look, /) -> str:
        """Write the report down; what could not be examined too."""
        ...
