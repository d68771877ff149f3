"""Tags that move: which mean another image from week to week."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bedplate.linting.base_guess import BaseGuess

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


def floats(image: BaseGuess) -> bool:
    """Tell whether a tag names less than a minor version; `latest` and no tag are not for this."""
    words = image.words
    if image.name in _RELEASED or not words:
        return image.tag in _MOVING
    number = next((word for word in words if word[0].isdigit()), "")
    if len(number) >= _DATE or any(word in _DATED for word in words):
        return False
    return (not number and image.tag in _MOVING) or (number.isdecimal() and number == words[0])
