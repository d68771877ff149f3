"""Writes a rebased image: blobs, manifests, and last the name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bedplate.errors import BadInput, TargetMoved
from bedplate.images.image_target import Brought
from bedplate.images.image_targets import IMAGE_TARGETS
from bedplate.model.media_types import OCI_CONFIG, OCI_MANIFEST

if TYPE_CHECKING:
    from bedplate.flows.rebased_image import RebasedImage
    from bedplate.flows.session import Session
    from bedplate.images.image_name import ImageName
    from bedplate.images.image_target import Target
    from bedplate.model.digest import Digest


class Place(NamedTuple):
    """Where a result is written, and what bore the name when the work began."""

    target: Target
    before: Digest | None


def open_free(name: ImageName, session: Session, *, overwrite: bool, seen: Digest | None) -> Place:
    """Open a place whose name is free, or may be taken over.

    Args:
        name: of the place.
        session: means and permissions.
        overwrite: take a name over.
        seen: what was read under this very name, by way of a mirror perhaps; None when the
            place has another name than the image.

    Raises:
        BadInput: something bears the name.
        TargetMoved: something else than was read bears it.
    """
    target = IMAGE_TARGETS[name.scheme].open(name.location, session.access)
    before = target.current()
    if before is not None and not overwrite:
        raise BadInput(
            f"{target.name} is there already", "write elsewhere with --tag, or use --overwrite"
        )
    if seen is not None and before != seen:
        raise TargetMoved(
            f"{target.name}: {seen.hex[:12]} was read, and something else is there now",
            "a mirror may be behind: try again later",
        )
    return Place(target, before)


class Writing:
    """Brings everything to its place.

    Args:
        place: where to.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._done: dict[Digest, Brought] = {}
        self._copied = 0

    def bring(self, image: RebasedImage, *, listed: bool) -> None:
        """Bring what an image is made of.

        Args:
            image: documents, and where its layers are.
            listed: an index will name it: its manifest is written too.
        """
        target = self._place.target
        for layer, source in image.layers:
            if layer.digest not in self._done:
                self._done[layer.digest] = target.bring(layer, source)
                if self._done[layer.digest] is Brought.COPIED:
                    self._copied += layer.size
        target.put_blob(image.config, OCI_CONFIG)
        if listed:
            target.put_manifest(image.manifest, OCI_MANIFEST)

    def finish(self, content: bytes, media_type: str) -> Digest:
        """Give the name to the manifest or index."""
        return self._place.target.finish(content, media_type, self._place.before)

    @property
    def counts(self) -> dict[str, int]:
        """How layers came, and the bytes of those that were copied."""
        found = Counter(self._done.values())
        return {str(way): found[way] for way in Brought} | {"copied_bytes": self._copied}
