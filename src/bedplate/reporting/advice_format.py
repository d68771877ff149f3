"""The contract of an entry on the shelf `advice_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.advice import Advice
    from bedplate.reporting.look import Look


class AdviceFormat(Protocol):
    """One way to write down which base a project should stand on.

    NAME is what `--format` takes. Texts of the project and of images must pass
    `harmless.harmless`, or an encoding that does the same. The same advice gives the same bytes.
    """

    NAME: str

    def write(self, advice: Advice, look: Look, /) -> str:
        """Write the advice down, what was refused and what could not be examined too."""
        ...
