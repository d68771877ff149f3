"""A pinned digest, or an image that its index lists, is no longer in the registry.

Builds fail as soon as no cache holds the image: registries collect what no tag names any more.

Example: `FROM registry.example/base:1@sha256:...` after the tag was pushed again.

Fix: pin what the tag stands for today, or push the image again under a tag that stays.

Fix safety: unsafe, another image is built from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.fact_rule import Claim
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.ERROR


def check(image: LintedImage) -> Iterator[Claim]:
    """Find digests that the registry does not have."""
    evidence = image.evidence
    today = evidence.by_tag.digest if evidence.by_tag else None
    host = evidence.reference.registry
    if evidence.gone:
        yield Claim(
            f"{host} no longer has the digest of {image.name}",
            fix=image.repinned(today, safe=False),
            span=image.use.digest_span,
        )
    elif evidence.missing_child and evidence.reference.digest:
        child = evidence.missing_child
        fix = None if today == evidence.reference.digest else image.repinned(today, safe=False)
        yield Claim(
            f"{host} no longer has {child.algorithm}:{child.hex[:12]}, an image that the pinned "
            f"index of {image.name} lists",
            fix=fix,
            span=image.use.digest_span,
        )
