"""The platform an image runs on: `linux/arm64/v8`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Platform:
    """Operating system, CPU architecture (Go's GOOS and GOARCH words) and variant.

    Source: OCI image-spec, image-index.md, "Platform Variants".
    """

    os: str
    architecture: str
    variant: str = ""
    os_version: str = ""
    os_features: tuple[str, ...] = ()
