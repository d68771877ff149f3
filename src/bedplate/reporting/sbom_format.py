"""The contract of an entry on the shelf `sbom_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.model.base_facts import BaseFacts
    from bedplate.reporting.look import Look


class SbomFormat(Protocol):
    """One way to write down what an image is made of.

    NAME is what `--format` takes. The same facts give the same bytes: identifiers come from the
    content, the time from the image.
    """

    NAME: str

    def sbom(self, facts: BaseFacts, look: Look, /) -> str:
        """Write the packages, the distribution, the runtimes, and what could not be read."""
        ...
