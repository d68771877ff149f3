"""`Gemfile.lock` of Bundler: gems with the platforms they are locked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.model.locked_package import LockedPackage
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Gemfile.lock"
WANTS: tuple[Want, ...] = (Want("**/Gemfile.lock", MAX_BYTES), Want("**/gems.locked", MAX_BYTES))

_SOURCES = frozenset(("GEM", "GIT", "PATH", "PLUGIN SOURCE"))
# A gem has four blanks in front of it: `nokogiri (1.18.1-x86_64-linux-musl)`.
_GEM = re.compile(r" {4}([^\s()]+) \(([^\s()-]+)(?:-([^\s()]+))?\)!?")
_DEPENDENCY = re.compile(r" {2}([^\s()!]+)")
_PLATFORM = re.compile(r" {2}(\S+)")
SOURCE = "ruby"


def read(path: str, content: bytes) -> Iterator[LockedPackage]:
    """Yield the gems, each once with the platforms that the lock file holds of it.

    Args:
        path: where it stands.
        content: the whole file.

    Raises:
        InvalidDocument: not text.

    Source: Bundler, "lockfile_parser.rb".
    """
    section = ""
    variants: dict[tuple[str, str], list[str]] = {}
    direct: set[str] = set()
    platforms: list[str] = []
    for line in decode(path, content).splitlines():
        if line and not line[0].isspace():
            section = line.strip()
        elif section in _SOURCES and (gem := _GEM.fullmatch(line)):
            variants.setdefault((gem[1], gem[2]), []).append(gem[3] or SOURCE)
        elif section == "DEPENDENCIES" and (dependency := _DEPENDENCY.match(line)):
            direct.add(dependency[1])
        elif section == "PLATFORMS" and (platform := _PLATFORM.match(line)):
            platforms.append(platform[1])
    for (name, version), of_gem in variants.items():
        yield LockedPackage(
            "gem",
            name,
            version,
            f"{name} {version}",
            direct=name in direct,
            variants=tuple(of_gem),
            notes=tuple(platforms),
        )
