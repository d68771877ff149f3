"""Manifests and indexes, OCI 1.1 and Docker schema 2, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.model.descriptor import Descriptor


@dataclass(frozen=True, slots=True)
class Manifest:
    """One image (or artifact) for one platform.

    Source: OCI image-spec, manifest.md; Docker Image Manifest V2, Schema 2.
    """

    media_type: str
    config: Descriptor
    layers: tuple[Descriptor, ...]
    annotations: Mapping[str, str] = field(default_factory=dict)
    artifact_type: str = ""
    subject: Descriptor | None = None


@dataclass(frozen=True, slots=True)
class Index:
    """A list of manifests, usually one per platform.

    Source: OCI image-spec, image-index.md; Docker manifest list.
    """

    media_type: str
    manifests: tuple[Descriptor, ...]
    annotations: Mapping[str, str] = field(default_factory=dict)
    artifact_type: str = ""
    subject: Descriptor | None = None
