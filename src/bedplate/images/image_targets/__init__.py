"""The places that images are written to, by their schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.images.image_targets import oci_layout, remote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bedplate.images.image_target import ImageTarget

IMAGE_TARGETS: Mapping[str, ImageTarget] = {entry.SCHEME: entry for entry in (remote, oci_layout)}
