"""Stages of one file stand on different versions of one image.

Mostly one was updated and the other forgotten; builds then mix what belongs to two versions.

Fix: write the version once, in an ARG before the first FROM.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess
from bedplate.linting.image_text import read_image
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS: tuple[str, ...] = ()
BAD = ("FROM node:20.1-slim AS build\nFROM node:22.3-slim\n",)
GOOD = ("FROM node:22.3 AS build\nFROM node:22.3-slim\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find images that an earlier stage takes with another version."""
    seen: dict[str, str] = {}
    for value in file.bases:
        if file.parents[value.stage] >= 0 or value.open or not value.text:
            continue
        image = guess(value.text)
        name = read_image(value.text).name
        version = next((word for word in image.words if word[0].isdigit()), "")
        if version and seen.setdefault(name, version) != version:
            message = f"{name} is {seen[name]} in an earlier stage, {version} here"
            yield Hit(file.origin(value.stage), message, file.stages[value.stage].base.span)
