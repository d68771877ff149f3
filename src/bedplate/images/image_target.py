"""The contract of an entry on the shelf `image_targets/`, and what it hands out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bedplate.images.image_source import Access, Content
    from bedplate.model.descriptor import Descriptor
    from bedplate.model.digest import Digest


class Brought(StrEnum):
    """How a blob came to where an image is written."""

    HELD = "held"
    MOUNTED = "mounted"
    COPIED = "copied"


class Target(Protocol):
    """A place that one image is written to: blobs first, what is named last.

    Until `finish` nothing that anybody finds by its name has changed.

    Args:
        name: how the user named it, for messages.
    """

    name: str

    def current(self) -> Digest | None:
        """Give the digest of what bears the name now, None when nothing does."""
        ...

    def bring(self, descriptor: Descriptor, source: Content) -> Brought:
        """Have a blob here, by the cheapest way that there is.

        Raises:
            CorruptImage, DigestMismatch: the source gives other bytes.
        """
        ...

    def put_blob(self, content: bytes, media_type: str) -> Descriptor:
        """Write a small blob, such as a configuration."""
        ...

    def put_manifest(self, content: bytes, media_type: str) -> Descriptor:
        """Write a manifest that an index will name."""
        ...

    def finish(self, content: bytes, media_type: str, before: Digest | None) -> Digest:
        """Write the manifest or index that the name stands for from now on.

        Args:
            content: of the document, whose parts are all there.
            media_type: of the document.
            before: what bore the name when the work began.

        Raises:
            TargetMoved: something else bears the name by now; it is left alone.
        """
        ...


class ImageTarget(Protocol):
    """A kind of place that images are written to: a module with these names.

    SCHEME is the word before the colon on the command line.
    """

    SCHEME: str

    def open(self, location: str, access: Access) -> Target:
        """Open what stands after the scheme; nothing is written yet.

        Raises:
            BadInput: no image can be written there under that name.
        """
        ...
