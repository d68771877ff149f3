"""An image was given up by its publisher, or moved elsewhere.

What is no longer built gets no fixes, and may be deleted any day.

Example: `FROM openjdk:17`, which Docker's official images stopped building in 2022.

Fix: use the image that took its place. Where the same tags live under another name, the fix
changes the name.

Fix safety: unsafe, the other name may hold another build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.deprecations import Deprecation, deprecation_of, in_words
from bedplate.linting.fact_rule import Claim
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_image import LintedImage

SEVERITY = Severity.WARNING


def check(image: LintedImage) -> Iterator[Claim]:
    """Find images of the table of deprecations."""
    found = deprecation_of(image.evidence.reference)
    if found is None:
        return
    source = f"{found.source}{f', {found.since}' if found.since else ''}"
    yield Claim(
        in_words(image.evidence.reference.familiar_name, found),
        (source,),
        _moved(image, found),
        image.use.name_span,
    )


def _moved(image: LintedImage, found: Deprecation) -> Fix | None:
    span = image.use.name_span
    if span is None or not found.moved_to:
        return None
    written = image.use.name
    familiar = not written.startswith(("docker.io/", "index.docker.io/"))
    name = found.moved_to.removeprefix("docker.io/") if familiar else found.moved_to
    return Fix((Edit(span, name),), safe=False)
