"""FROM names an image without a tag.

Without a tag `latest` is meant: what a build gets changes from day to day, and nobody sees when.

Fix: name the release that the program was tested with, as `debian:12-slim`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.linting.image_text import read_image
from bedplate.linting.linted_file import unquoted
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS = ("DL3006", "DS-0001")
BAD = (
    "FROM debian\n",
    "FROM registry.example:5000/app\n",
)
GOOD = (
    "FROM debian:12-slim\n",
    "FROM scratch\n",
    "FROM debian:12 AS base\nFROM base\n",
    "ARG BASE\nFROM $BASE\n",
)

_VARIABLE = re.compile(r"\$\{[^}]*\}")


def check(file: LintedFile) -> Iterator[Hit]:
    """Find images without tag and digest."""
    for value in file.bases:
        image = read_image(unquoted(value.written))
        known = file.parents[value.stage] >= 0 or image.name in ("scratch", "")
        step = file.origin(value.stage)
        if known or not step.instruction.arguments:
            continue
        message = f"image {image.name} has no tag"
        span = file.stages[value.stage].base.span
        if "$" not in value.written or not value.written.startswith("$"):
            if image.tag or image.digest:
                continue
            port = ":" in _VARIABLE.sub(
                "", image.name
            )  # hadolint takes the port of a registry for a tag
            dotted = "." in image.name.partition("/")[0]
            trivy = "$" not in value.written
            twins = ("DL3006",) * (not port or dotted) + ("DS-0001",) * trivy
            yield Hit(step, message, span, twins)
        elif value.text and not value.open and not _versioned(value.text):
            yield Hit(step, message, span, ("DS-0001",))


def _versioned(text: str) -> bool:
    image = read_image(text)
    return bool(image.tag or image.digest) or image.name == "scratch"
