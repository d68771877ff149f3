"""The parts of an image reference as it stands in a FROM, variables and mistakes included."""

from __future__ import annotations

import re
from typing import NamedTuple

_VARIABLE = re.compile(r"\$\{[^}]*\}")


class ImageText(NamedTuple):
    """A reference in parts, variables as written.

    Args:
        name: registry and repository.
        tag: empty when there is none.
        digest: what follows the `@`; empty when there is none.
    """

    name: str
    tag: str
    digest: str

    @property
    def registry(self) -> str:
        """The registry; empty when the name has none, so Docker Hub is meant."""
        first, slash, _ = self.name.partition("/")
        named = slash and ("." in first or ":" in first or "$" in first or first == "localhost")
        return first if named else ""


def read_image(text: str) -> ImageText:
    """Cut a reference at its digest and its tag.

    A colon before the last slash belongs to a registry, and none inside `${...}` counts.
    """
    hidden = _VARIABLE.sub(lambda match: "x" * len(match.group()), text)
    at = hidden.find("@")
    end = len(text) if at < 0 else at
    colon = hidden.find(":", hidden.rfind("/", 0, end) + 1, end)
    stop = end if colon < 0 else colon
    return ImageText(text[:stop], text[stop + 1 : end], text[end + 1 :])
