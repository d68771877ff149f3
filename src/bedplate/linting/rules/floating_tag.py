"""FROM names an image by a tag that moves with every release.

A tag without a version, or with the major version alone, means another image from week to week.

Fix: name the version as exactly as the tests did, as `node:22.11-alpine`, or add the digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess
from bedplate.linting.image_text import read_image
from bedplate.linting.mutable_tag import floats
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.INFO
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM node:22\n",
    "FROM nginx:stable\n",
)
GOOD = (
    "FROM node:22.11-alpine\n",
    "FROM debian:12\n",
    "ARG TAG=22\nFROM node:$TAG\n",  # the ARG line is what is reported
    "FROM node:22@sha256:0000000000000000000000000000000000000000000000000000000000000000\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find tags without digest that name less than a minor version."""
    for value in file.bases:
        if file.parents[value.stage] >= 0 or value.open or not value.text:
            continue
        image = guess(value.text)
        if image.distro == "scratch" or image.digest or image.tag in ("", "latest"):
            continue
        if floats(image) and not _from_argument(value.written):
            span = file.stages[value.stage].base.span
            yield Hit(file.origin(value.stage), f"tag {image.tag} moves", span)


def _from_argument(written: str) -> bool:
    """Tell whether the tag stands in an ARG: that is for mutable-argument-default."""
    image = read_image(written)
    return "$" in (image.tag or image.name) and ":-" not in written
