"""Arguments of a build that are images by their look: `BASE_IMAGE=debian:12`."""

from __future__ import annotations

import re

_NAME = re.compile(r"image|base|from", re.IGNORECASE)
_VALUE = re.compile(
    r"[a-z0-9][\w.-]*+(?::[0-9]++(?=/))?(?:/[\w.-]++)*+(?=[:@])"
    r"(?::\w[\w.-]*+)?(?:@sha256:[0-9a-f]++)?",
    re.ASCII,
)


def names_image(argument: str, value: str) -> bool:
    """Say whether an argument is an image: by its name, and a value with tag or digest."""
    return _NAME.search(argument) is not None and _VALUE.fullmatch(value) is not None
