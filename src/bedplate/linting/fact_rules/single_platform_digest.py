"""A digest pins the image of one platform, while the tag has images of several.

On every other machine the build fails, or runs an image for a foreign processor under emulation
without a word: tools that resolve a tag on a laptop write such digests.

Example: `FROM node:20@sha256:...` where the digest is that of linux/amd64 alone.

Fix: pin the digest of the index, which stands for all platforms.

Fix safety: safe when the index lists the digest that stands in the file, for then the same image
is built where it was built before; otherwise the tag has moved, and the fix is unsafe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.artifacts import artifact_kind
from bedplate.linting.fact_rule import Claim
from bedplate.model.manifest import Index, platforms_of
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.WARNING


def check(image: LintedImage) -> Iterator[Claim]:
    """Find digests of manifests whose tag stands for an index."""
    evidence = image.evidence
    chosen = bool(image.use.platform)
    if evidence.reference.digest is None or evidence.gone or chosen:
        return
    tag, pinned = evidence.by_tag, evidence.by_digest
    if pinned and (isinstance(pinned.document, Index) or artifact_kind(pinned.document)):
        return
    span = image.use.digest_span
    if evidence.index_of_pin:
        fix = image.repinned(evidence.index_of_pin, safe=True)
        message = f"the digest is of one platform of {image.name}, which has several"
        yield Claim(message, fix=fix, span=span)
    elif pinned and tag and isinstance(tag.document, Index):
        fix = image.repinned(tag.digest, safe=False)
        count = len(platforms_of(tag.document))
        message = f"the digest is of one platform, while {image.name} has {count} today"
        yield Claim(message, fix=fix, span=span)
