"""`Gemfile.lock` of Bundler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES, decode
from bedplate.inventory.merge import merge
from bedplate.inventory.source_url import git_source
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package

NAME = "Gemfile.lock"
WANTS: tuple[Want, ...] = (Want("**/Gemfile.lock", MAX_BYTES), Want("**/gems.locked", MAX_BYTES))

_SOURCES = frozenset({"GEM", "GIT", "PATH", "PLUGIN SOURCE"})
# A gem has four blanks in front of it, what it depends on has six.
_GEM = re.compile(r" {4}([^\s()]+) \(([^\s()-]+)(?:-([^\s()]+))?\)!?")
_DEPENDENCY = re.compile(r" {2}([^\s()!]+)")


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the gems of all sources, once for all platforms.

    Args:
        path: of the file.
        content: of the file.

    Source: Bundler, "lockfile_parser.rb".
    """
    section, remote, revision = "", "", ""
    gems: list[tuple[str, str, dict[str, str] | None]] = []
    direct: set[str] = set()
    for line in decode(path, content).splitlines():
        if line and not line[0].isspace():
            section, remote, revision = line.strip(), "", ""
        elif section == "DEPENDENCIES" and (match := _DEPENDENCY.match(line)):
            direct.add(match[1])
        elif section in _SOURCES:
            key, _, value = line.strip().partition(": ")
            remote = value if key == "remote" else remote
            revision = value if key == "revision" else revision
            if match := _GEM.fullmatch(line):
                source = git_source(remote, revision) if section == "GIT" else None
                gems.append((match[1], match[2], source))
    yield from merge(
        language_package(
            "gem", path, name, version, qualifiers=source, direct=name in direct if direct else None
        )
        for name, version, source in gems
    )
