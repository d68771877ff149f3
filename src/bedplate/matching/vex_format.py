"""The contract of an entry on the shelf `vex_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bedplate.model.vex import VexStatement


class VexFormat(Protocol):
    """Reads one kind of VEX document. NAME is the word shown in reports."""

    NAME: str

    def recognises(self, document: Mapping[str, Any], /) -> bool:
        """Tell whether a JSON document says that it is of this kind."""
        ...

    def statements(self, document: Mapping[str, Any], source: str, /) -> Iterator[VexStatement]:
        """Yield what it says; entries that make no sense are left out.

        Args:
            document: decoded JSON, of any shape.
            source: name of the document.
        """
        ...
