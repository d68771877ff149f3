"""Whether a row of the catalog answers for a platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.model.platform import Platform

# image-index.md, "Platform Variants": arm64 without a variant means v8, arm means v7.
_DEFAULT_VARIANTS = {"arm64": "v8", "arm": "v7"}


def same_platform(text: str, wanted: Platform) -> bool:
    """Compare `os/architecture[/variant]` of a row with a platform that was asked for.

    A variant left out means the architecture's usual one. Unlike a container engine this never
    falls back to a lower variant: the facts of arm/v6 are not those of arm/v7.
    """
    os, _, rest = text.partition("/")
    architecture, _, variant = rest.partition("/")
    usual = _DEFAULT_VARIANTS.get(architecture, "")
    return (os, architecture, variant or usual) == (
        wanted.os,
        wanted.architecture,
        wanted.variant or usual,
    )
