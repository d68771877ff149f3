"""`gradle.lockfile` of Gradle."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.merge import merge
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "gradle.lockfile"
WANTS: tuple[Want, ...] = (
    Want("**/gradle.lockfile", MAX_BYTES),
    Want("**/buildscript-gradle.lockfile", MAX_BYTES),
    Want("**/dependency-locks/*.lockfile", MAX_BYTES),
)

_PIN = re.compile(r"([^\s:=#]+):([^\s:=]+):([^\s:=]+)(?:=(.*))?")


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the locked modules; what only test configurations use is for development.

    Args:
        path: of the file.
        content: of the file.

    Source: Gradle User Manual, "Locking Versions".
    """
    yield from merge(_packages(path, decode(path, content)))


def _packages(path: str, source: str) -> Iterator[Package]:
    for line in source.splitlines():
        match = _PIN.fullmatch(line.strip())
        if match is None:
            continue
        uses = [use for use in (match[4] or "").split(",") if use]
        development = bool(uses) and all("test" in use.lower() for use in uses)
        name = f"{match[1]}:{match[2]}"
        yield language_package("maven", path, name, match[3], development=development)
