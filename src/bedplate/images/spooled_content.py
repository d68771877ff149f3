"""Content of a temporary archive, which goes when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bedplate.images.image_source import ByteReader, Content
    from bedplate.model.descriptor import Descriptor
    from bedplate.model.digest import Digest
    from bedplate.model.document import Document


class SpooledContent:
    """Hands out what an archive holds, and deletes the archive at the end.

    Args:
        archive: the opened archive.
        place: where the image truly is.
        path: the temporary file.
    """

    def __init__(self, archive: Content, place: str, path: Path) -> None:
        self._archive = archive
        self._path = path
        self.name = archive.name
        self.place = place
        self.synthetic = archive.synthetic

    def root(self) -> Document:
        """Give the manifest or index of the archive."""
        return self._archive.root()

    def document(self, descriptor: Descriptor) -> Document:
        """Give a document of the archive."""
        return self._archive.document(descriptor)

    def blob(self, descriptor: Descriptor) -> AbstractContextManager[ByteReader]:
        """Open a layer of the archive."""
        return self._archive.blob(descriptor)

    def referrers(self, digest: Digest) -> Sequence[Descriptor]:
        """List what the archive holds about a manifest."""
        return self._archive.referrers(digest)

    def close(self) -> None:
        """Close the archive and delete it."""
        self._archive.close()
        self._path.unlink(missing_ok=True)
