"""A manifest, index or config as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.digest import Digest


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes of a JSON document, verified against `digest` by whoever made the value.

    Args:
        content: the bytes.
        media_type: as served; empty when it is none of a manifest.
        digest: of the bytes.
        modified: `Last-Modified` as served; empty when it was not said.
    """

    content: bytes
    media_type: str
    digest: Digest
    modified: str = ""
