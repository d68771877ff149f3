"""FROM names an image without a digest.

A tag can be moved to another image by whoever may push to the repository; a digest can't. This rule
runs only when it is enabled: `enable = ["no-digest"]` in `[lint]`, or `--enable no-digest`.

Fix: let `bedplate pin` write the digest behind the tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.image_text import read_image
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

OPT_IN = True
SEVERITY = Severity.INFO
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM debian:12\n",
    "ARG TAG=12\nFROM debian:$TAG\n",
)
GOOD = (
    "FROM debian:12@sha256:0000000000000000000000000000000000000000000000000000000000000000\n",
    "FROM scratch\n",
    "ARG BASE\nFROM $BASE\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find images without digest; those that only a build argument names are left out."""
    for value in file.bases:
        if file.parents[value.stage] >= 0 or value.open or not value.text:
            continue
        image = read_image(value.text)
        if not image.digest and image.name != "scratch":
            span = file.stages[value.stage].base.span
            yield Hit(file.origin(value.stage), f"image {value.text} has no digest", span)
