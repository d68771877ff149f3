"""Earthly: `Earthfile`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.repofiles.located import Located
from bedplate.repofiles.reference_text import read_reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_use import ImageUse
    from bedplate.model.skipped import Skipped
    from bedplate.repofiles.repofile import Repofile

NAME = "earthfile"
WANTS: tuple[str, ...] = ("**/Earthfile", "**/*.earth")
_FROM = re.compile(
    r"^[ \t]*FROM(?:[ \t]+--[\w-]+(?:=\S*)?)*[ \t]+(?P<value>[^\s#]+)(?P<more>[^\r\n]*)",
    re.MULTILINE,
)
_PULL = re.compile(r"--pull[= \t]+(?P<value>[^\s\\]+)")
_WITH_DOCKER = re.compile(r"^[ \t]*WITH[ \t]+DOCKER(?:[^\r\n]*\\\r?\n)*[^\r\n]*", re.MULTILINE)


def recognises(text: str) -> bool:
    """Tell by the instructions that name images."""
    return "FROM" in text or "--pull" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield bases of targets and images that are pulled; targets (`+build`) are not images.

    Source: Earthly documentation, "Earthfile reference", FROM and WITH DOCKER.
    """
    for match in _FROM.finditer(file.text):
        is_target = "+" in match["value"].partition("@")[0]
        if not is_target and match["value"] != "DOCKERFILE":
            yield _read(file, match, match.start("value"), "from")
    for block in _WITH_DOCKER.finditer(file.text):
        for match in _PULL.finditer(block[0]):
            yield _read(file, match, block.start() + match.start("value"), "image")


def _read(file: Repofile, match: re.Match[str], start: int, role: str) -> ImageUse | Skipped | None:
    return read_reference(file, Located.at(match["value"], start), role)
