"""A digest or tag names a signature, an attestation or another artifact, not an image.

Signatures live beside images in the same repository, with digests that look alike; nothing can be
built on them, and what is said of them is not said of the image.

Example: `FROM registry.example/base@sha256:...` with the digest of the image's signature.

Fix: pin what the tag stands for.

Fix safety: unsafe, though nothing could be built before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.artifacts import artifact_kind, artifact_tag
from bedplate.linting.fact_rule import Claim
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.ERROR


def check(image: LintedImage) -> Iterator[Claim]:
    """Find references to what is no image; a feature of a devcontainer is meant to be none."""
    if image.use.role == "feature":
        return
    evidence, use = image.evidence, image.use
    named = artifact_tag(use.tag)
    if named:
        yield Claim(
            f"the tag {use.tag[:24]}... names {named}, not an image",
            (f"the tag follows cosign's scheme for {named}",),
            span=use.tag_span,
        )
        return
    kind = artifact_kind(evidence.served.document) if evidence.served else ""
    if not kind:
        return
    tag = evidence.by_tag if evidence.reference.digest else None
    usable = tag.digest if tag and not artifact_kind(tag.document) else None
    what = "digest" if evidence.reference.digest else "tag"
    yield Claim(
        f"the {what} of {image.name} is that of {kind}, not of an image",
        fix=image.repinned(usable, safe=False),
        span=use.digest_span or use.tag_span,
    )
