"""The annotations that name the base of an image.

Source: OCI image-spec, annotations.md, "Pre-Defined Annotation Keys".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bedplate.facts.fingerprint import BASE_DIGEST, BASE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping


def with_base(annotations: Mapping[str, str] | None, name: str, digest: str) -> dict[str, Any]:
    """Name a base.

    Args:
        annotations: what there is.
        name: full reference of the base; empty takes the annotations away, for a base that
            has no name that others could use.
        digest: of what the name stands for.
    """
    kept = {k: v for k, v in (annotations or {}).items() if k not in (BASE_NAME, BASE_DIGEST)}
    if not name:
        return kept
    return dict(sorted({**kept, BASE_NAME: name, BASE_DIGEST: digest}.items()))


def renamed(pairs: Mapping[str, str] | None, name: str, digest: str) -> dict[str, Any]:
    """Name a base only where one is named already, as in labels that a builder copied."""
    if not pairs or not {BASE_NAME, BASE_DIGEST} & pairs.keys():
        return dict(pairs or {})
    return with_base(pairs, name, digest)
