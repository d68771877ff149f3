"""Podman Quadlet: systemd units that run containers."""

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

NAME = "quadlet"
WANTS: tuple[str, ...] = ("**/*.container", "**/*.image", "**/*.volume")
_LINE = re.compile(
    r"^[ \t]*(?:\[(?P<section>[^\]\r\n]*)\]|Image[ \t]*=[ \t]*(?P<value>[^\r\n]*))", re.MULTILINE
)
_SECTIONS = frozenset(("Container", "Image", "Volume"))
_OTHER_UNITS = (".image", ".build")
# Images that are on this machine already.
_LOCAL = ("docker-daemon:", "oci:", "oci-archive:", "dir:", "containers-storage:")


def recognises(text: str) -> bool:
    """Tell by the key."""
    return "Image" in text


def images(file: Repofile) -> Iterator[ImageUse | Skipped | None]:
    """Yield the images that units name; names of other units are not images.

    Source: podman-systemd.unit(5), "Image=".
    """
    section = ""
    for match in _LINE.finditer(file.text):
        if match["section"] is not None:
            section = match["section"]
        elif section in _SECTIONS:
            value = Located.at(match["value"], match.start("value")).strip()
            if value.text[:1] in "\"'" and value.text[-1:] == value.text[:1]:
                value = value[1:-1]
            if not value.text.endswith(_OTHER_UNITS) and not value.text.startswith(_LOCAL):
                yield read_reference(file, value)
