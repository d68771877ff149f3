"""FROM names an image by the tag latest.

`latest` moves: what a build gets changes from day to day, and nobody sees when.

Fix: name the release that the program was tested with, as `debian:12-slim`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.image_text import read_image
from bedplate.linting.linted_file import unquoted
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3007", "DS-0001")
BAD = ("FROM debian:latest\n",)
GOOD = (
    "FROM debian:12\n",
    "FROM debian:latest@sha256:0000000000000000000000000000000000000000000000000000000000000000\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find images with the tag latest and no digest."""
    for value in file.bases:
        image = read_image(unquoted(value.written))
        step, span = file.origin(value.stage), file.stages[value.stage].base.span
        message = f"image {image.name} is named by the tag latest, which moves"
        if image.tag == "latest" and not image.digest:
            yield Hit(step, message, span)
        elif "$" in value.written and value.text:
            resolved = read_image(value.text)
            if resolved.tag == "latest" and not resolved.digest:
                yield Hit(step, message, span, ("DS-0001",))
