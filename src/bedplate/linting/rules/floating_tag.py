"""FROM names an image by a tag that moves with every release.

A tag without a version, or with the major version alone, means another image from week to week.

Fix: name the version as exactly as the tests did, as `node:22.11-alpine`, or add the digest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.base_guess import guess
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.base_guess import BaseGuess
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
    "FROM node:22@sha256:0000000000000000000000000000000000000000000000000000000000000000\n",
)

# Their releases are numbers that do not move, but for security fixes.
_RELEASED = frozenset(
    [
        "debian",
        "ubuntu",
        "fedora",
        "almalinux",
        "rockylinux",
        "centos",
        "amazonlinux",
        "oraclelinux",
        "photon",
    ]
)
_MOVING = frozenset(
    [
        "stable",
        "slim",
        "alpine",
        "lts",
        "current",
        "edge",
        "rolling",
        "mainline",
        "testing",
        "nonroot",
        "debug",
        "dev",
        "main",
        "master",
        "stable-slim",
        "lts-alpine",
        "lts-slim",
        "stable-alpine",
        "oldstable",
        "nightly",
    ]
)
_DATED = frozenset(("windowsservercore", "nanoserver"))
_DATE = 6  # digits of a date or a build number


def check(file: LintedFile) -> Iterator[Hit]:
    """Find tags without digest that name less than a minor version."""
    for value in file.bases:
        if file.parents[value.stage] >= 0 or value.open or not value.text:
            continue
        image = guess(value.text)
        if image.distro == "scratch" or image.digest or image.tag in ("", "latest"):
            continue
        if _floats(image):
            span = file.stages[value.stage].base.span
            yield Hit(file.origin(value.stage), f"tag {image.tag} moves", span)


def _floats(image: BaseGuess) -> bool:
    words = image.words
    if image.name in _RELEASED or not words:
        return image.tag in _MOVING
    number = next((word for word in words if word[0].isdigit()), "")
    if len(number) >= _DATE or any(word in _DATED for word in words):
        return False
    return (not number and image.tag in _MOVING) or (number.isdecimal() and number == words[0])
