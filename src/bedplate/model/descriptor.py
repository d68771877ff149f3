"""A descriptor: what a piece of content is, its digest and its size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.digest import Digest
    from bedplate.model.platform import Platform


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A content descriptor.

    Args:
        media_type: of the content pointed at.
        digest: of the content.
        size: bytes of the content.
        platform: in an index, the platform of the manifest.
        annotations: free pairs.
        artifact_type: in an index, the artifact type of the manifest; empty if none.
        urls: other places that hold the content; never fetched from.
        data: the content itself, when embedded.

    Source: OCI image-spec, descriptor.md.
    """

    media_type: str
    digest: Digest
    size: int
    platform: Platform | None = None
    annotations: Mapping[str, str] = field(default_factory=dict)
    artifact_type: str = ""
    urls: tuple[str, ...] = ()
    data: bytes | None = None
