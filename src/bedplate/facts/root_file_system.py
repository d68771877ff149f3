"""Reads the history line of a lowest layer, where official images name what they unpacked."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bedplate.model.base_facts import BaseMatch

_LIBRARY = "docker.io/library/"
_MAX_LINE = 4096

# alpinelinux/docker-alpine: `ADD alpine-minirootfs-3.23.4-x86_64.tar.gz / # buildkit`
_ALPINE = re.compile(r"alpine-minirootfs-(\d{1,3}(?:\.\d{1,3}){1,2})-")
# debuerreotype/docker-debian-artifacts: `# debian.sh --arch 'amd64' out/ 'bookworm' '@1775433600'`
_DEBIAN = re.compile(r"debian\.sh --arch '[a-z0-9]{1,20}' out/ '([a-z]{1,20})' '@(\d{9,11})'")
# fedora-cloud/docker-brew-fedora: `ADD fedora-20260826.tar / # buildkit`
_FEDORA = re.compile(r"fedora-(\d{8})\.tar")
# AlmaLinux/docker-images: `ADD almalinux-9-minimal-amd64.tar.xz / # buildkit`
_ALMALINUX = re.compile(r"almalinux-(\d{1,3}(?:-minimal)?)-[a-z0-9_]{3,10}\.tar")


def base_from_history(created_by: str) -> BaseMatch | None:
    """Name the base whose root file system a history line unpacks, None for other lines.

    Debian's line is the same for the full and the slim image, which is said in the evidence.
    """
    line = created_by[:_MAX_LINE]
    if match := _ALPINE.search(line):
        return _likely(f"alpine:{match[1]}", match[0].rstrip("-"))
    if match := _DEBIAN.search(line):
        day = datetime.fromtimestamp(int(match[2]), UTC).strftime("%Y%m%d")
        seen = f"debian.sh {match[1]} of {day}, full or slim"
        return _likely(f"debian:{match[1]}-{day}", seen)
    if match := _FEDORA.search(line):
        return _likely("fedora", match[0])
    if match := _ALMALINUX.search(line):
        return _likely(f"almalinux:{match[1]}", match[0])
    return None


def _likely(name: str, seen: str) -> BaseMatch:
    return BaseMatch(
        f"{_LIBRARY}{name}",
        confidence="likely",
        evidence=f"history of the lowest layer: {seen}",
        layers=1,
    )
