"""A manifest, index or config as it came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.digest import Digest


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes of a JSON document, verified against `digest` by whoever made the value."""

    content: bytes
    media_type: str
    digest: Digest
