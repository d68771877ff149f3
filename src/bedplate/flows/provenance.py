"""Bases that the builder attested: SLSA provenance beside an image in its index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import BedplateError
from bedplate.facts.provenance import bases_from_provenance
from bedplate.flows.attestations import statements

if TYPE_CHECKING:
    from bedplate.images.image import Image, OpenedImage
    from bedplate.model.base_facts import BaseMatch

_SLSA = "https://slsa.dev/provenance/"


def attested_bases(opened: OpenedImage, image: Image) -> tuple[BaseMatch, ...]:
    """Read the provenance of an image, at most two requests; empty when there is none.

    Args:
        opened: the index that the image was picked from.
        image: the image for one platform.
    """
    statement = next(statements(opened, image, _SLSA), None)
    if statement is None:
        return ()
    try:
        return bases_from_provenance(statement.content)
    except BedplateError:
        # a hint that can't be read takes nothing from what the layers say
        return ()
