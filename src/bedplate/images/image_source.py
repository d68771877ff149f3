"""The contract of an entry on the shelf `image_sources/`, and what it hands out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bedplate.images.root_folder import RootFolderWalk
    from bedplate.model.descriptor import Descriptor
    from bedplate.model.digest import Digest
    from bedplate.model.document import Document
    from bedplate.registry.client import RegistryClient


class ByteReader(Protocol):
    """A stream of raw (still compressed) layer bytes."""

    def read(self, size: int, /) -> bytes:
        """Give up to `size` bytes, empty at the end."""
        ...


class Content(Protocol):
    """An opened place that holds one image, and hands out its documents and blobs.

    Args:
        name: how the user named it, for messages.
        place: what `source` shows: a registry host or a path.
        synthetic: True when the manifest was made up by us (docker-archive, folder), so
            that its digest means nothing outside.
    """

    name: str
    place: str
    synthetic: bool

    def root(self) -> Document:
        """Give the manifest or index that the name points at."""
        ...

    def document(self, descriptor: Descriptor) -> Document:
        """Give a manifest, index or config, verified."""
        ...

    def blob(self, descriptor: Descriptor) -> AbstractContextManager[ByteReader]:
        """Open a layer blob for one pass from its start; the reader verifies nothing."""
        ...

    def referrers(self, digest: Digest) -> Sequence[Descriptor]:
        """List the manifests that say of themselves that they are about another one.

        Args:
            digest: of that manifest or index.

        Raises:
            BedplateError: it could not be found out.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


@dataclass(frozen=True, slots=True)
class Access:
    """What sources may use: made once by the door, handed down.

    Args:
        registry: makes the registry client when it is first needed.
        scratch: folder for temporary spools.
        docker_host: `unix:///path` or `tcp://host:port` of the engine API, or empty.
    """

    registry: Callable[[], RegistryClient]
    scratch: Path
    docker_host: str = ""


class ImageSource(Protocol):
    """A kind of place that images are read from: a module with these names.

    SCHEME is the word before the colon on the command line.
    """

    SCHEME: str

    def open(self, location: str, access: Access) -> Content | RootFolderWalk:
        """Open the image at `location` (what stands after the scheme).

        Raises:
            ImageNotFound: nothing is there.
            CorruptImage: what is there is not an image.
        """
        ...
