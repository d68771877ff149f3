"""The contract of an entry on the shelf `sbom_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.inventory.sbom_document import SbomHead
    from bedplate.model.sbom import Sbom


class SbomFormat(Protocol):
    """Reads one format of SBOMs.

    NAME is the word shown in reports.
    """

    NAME: str

    def recognises(self, head: SbomHead, /) -> bool:
        """Tell by a few fields whether a document is of this format."""
        ...

    def read(self, content: bytes, where: str, /) -> Sbom:
        """Read the document.

        Args:
            content: JSON.
            where: named in errors.

        Raises:
            InvalidDocument: it breaks the format; names `where` and the field.
            LimitExceeded: more components than anybody has.
        """
        ...
