"""A pinned digest is not what its tag stands for today.

The tag beside the digest says what the image was; the publisher has pushed since, often to fix
vulnerabilities, and the pin keeps them out.

Example: `FROM debian:12-slim@sha256:...` with the digest of an older build of 12-slim.

Fix: pin the digest that the tag has today.

Fix safety: unsafe, another image is built from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.artifacts import artifact_kind
from bedplate.linting.fact_rule import Claim
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.INFO


def check(image: LintedImage) -> Iterator[Claim]:
    """Find digests that differ from that of the tag; those of its own platforms are no drift."""
    evidence = image.evidence
    pin, tag = evidence.reference.digest, evidence.by_tag
    if evidence.by_digest and artifact_kind(evidence.by_digest.document):
        return
    if pin is None or tag is None or evidence.gone or evidence.index_of_pin == tag.digest:
        return
    if pin != tag.digest:
        yield Claim(
            f"{image.name} is {tag.digest.algorithm}:{tag.digest.hex[:12]} today, "
            f"no longer {pin.algorithm}:{pin.hex[:12]}",
            fix=image.repinned(tag.digest, safe=False),
            span=image.use.digest_span,
        )
