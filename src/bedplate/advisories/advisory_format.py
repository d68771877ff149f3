"""The contract of an entry on the shelf `advisory_formats/`: a module with these names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advisories.record import AsOf, Enrichment, LeftOut, Record, Wanted
    from bedplate.model.skipped import Skipped

    Item = Record | Enrichment | LeftOut | AsOf | Skipped


class AdvisoryFormat(Protocol):
    """One shape in which feeds publish what they know. NAME is its short name."""

    NAME: str

    def claims(self, name: str, head: bytes, /) -> bool:
        """Tell whether a document looks like one of this format.

        Args:
            name: of the file, or of the member of an archive.
            head: its first bytes, 64 KiB at most.
        """
        ...

    def records(self, name: str, content: bytes, wanted: Wanted, /) -> Iterator[Item]:
        """Read a document.

        A record that can't be read is a `Skipped`; one that is none of ours, a `LeftOut`.

        Args:
            name: as above; named in errors.
            content: the document, unpacked; bounded by whoever opened it.
            wanted: whether a namespace is; packages of others need not be read.

        Raises:
            InvalidDocument: not such a document at all; also while reading.
        """
        ...
