"""Whether a digest can be written where a file names an image, and what is in the way if not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bedplate.errors import InvalidReference
from bedplate.model.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bedplate.model.image_use import ImageUse
    from bedplate.model.span import Span
    from bedplate.repofiles import Replacement

# What looks like an image, and is pinned by other means.
_NO_IMAGES = {
    "feature": "a dev container feature: devcontainer-lock.json pins it",
    "chart": "a Helm chart, not an image",
}
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)", re.ASCII)


def reference_of(use: ImageUse) -> Reference | str:
    """Give what a use asks a registry for, or why it asks for nothing that can be pinned."""
    if use.role in _NO_IMAGES:
        return _NO_IMAGES[use.role]
    try:
        return Reference.parse(use.text)
    except InvalidReference as error:
        return f"not a valid reference: {error.message}"


def obstacle(use: ImageUse, text: str, variables: Mapping[str, int]) -> str:
    """Say why no digest can be written for a use; empty when one can.

    Args:
        use: without a digest.
        text: the file.
        variables: from `count_variables`.
    """
    place = use.tag_span if use.tag else use.name_span
    part = use.tag or use.name
    what = "tag" if use.tag else "name"
    if place is None:
        held = f" ({use.argument})" if use.argument else ""
        return f"its {what} does not stand in one place{held}: pin it by hand"
    if place.of(text) != part:
        return f"its {what} is written with escapes: pin it by hand"
    if _inside(place, use.span) or not use.argument:
        return ""
    if variables.get(use.argument, 0) > 1:
        return f"its {what} lives in {use.argument}, which is used more than once: pin it by hand"
    return ""


def unpin_obstacle(use: ImageUse, text: str) -> str:
    """Say why the digest of a use can't be taken away; empty when it can."""
    if not use.tag:
        return "has no tag to fall back on"
    place = use.digest_span
    if place is None or place.of(text) != use.digest:
        return "its digest does not stand in one place: edit it by hand"
    if text[place.start - 1 : place.start] != "@":
        return "its digest stands alone: edit it by hand"
    return ""


def count_variables(text: str) -> Counter[str]:
    """Count how often a text uses each variable, as `$NAME` or `${NAME...`."""
    return Counter(match[1] for match in _VARIABLE.finditer(text))


def contradicting(replacements: Iterable[Replacement]) -> set[Span]:
    """Find places that are to become two different things, such as a default that two share.

    Returns:
        the `place_of` of the replacements that can't be made.
    """
    wanted: dict[Span, set[tuple[str | None, str | None]]] = {}
    for one in replacements:
        place = place_of(one.use)
        if place is not None:
            wanted.setdefault(place, set()).add((one.tag, one.digest))
    return {place for place, parts in wanted.items() if len(parts) > 1}


def place_of(use: ImageUse) -> Span | None:
    """Give the part that a pin is written to or behind."""
    return use.digest_span or use.tag_span or use.name_span


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
