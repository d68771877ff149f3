"""Ruby, with RubyGems and Bundler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime, Tool
from bedplate.model.want import KIB, MIB, Want
from bedplate.runtimes.installation import (
    below,
    has_own_prefix,
    is_packaged,
    kept,
    libraries,
    prefix_of,
    present,
    program,
    programs,
)
from bedplate.runtimes.version_text import found, group, leading, variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "ruby"
TITLE = "Ruby"
EOL_PRODUCT = "ruby"

_CONFIG = "**/rbconfig.rb"
_PROGRAMS = ("**/bin/ruby", "**/bin/ruby*")
_LIBRARY = "**/libruby*"
_SEARCH = rb"\x00ruby (\d{1,2}\.\d{1,2}\.\d{1,3})[^\x00\n]{0,40}? \(20\d\d-"
_NEEDLE = b"\x00ruby "
_NUMBERS = tuple(
    re.compile(rf'CONFIG\["{part}"\] = "(\d{{1,4}})"') for part in ("MAJOR", "MINOR", "TEENY")
)
_PLACE = re.compile(r"(.+)/lib(?:64)?/(?:[a-z0-9_]+-linux-[a-z0-9]+/)?ruby/(?:.+/)?rbconfig\.rb")
_CONSTANT = re.compile(r'^\s{0,8}VERSION = "(\d[0-9A-Za-z.]{0,40})"', re.MULTILINE)

# tool -> the file in the standard library that states its version, and what is its own
_TOOLS = (
    ("gem", "rubygems.rb", ("rubygems.rb", "rubygems")),
    ("bundler", "bundler/version.rb", ("bundler.rb", "bundler")),
)

WANTS: tuple[Want, ...] = (
    Want(_CONFIG, 64 * KIB, head=True),
    *program(_PROGRAMS[0], _SEARCH, _NEEDLE),
    *program(_PROGRAMS[1]),
    Want(_LIBRARY, 64 * MIB, search=_SEARCH, needle=_NEEDLE),
    Want("**/rubygems.rb", 64 * KIB, head=True),
    Want("**/bundler/version.rb", 4 * KIB, head=True),
)

_FILES = (
    "bin/ruby*",
    "bin/irb*",
    "bin/erb*",
    "bin/rdoc*",
    "bin/ri*",
    "bin/rake*",
    "bin/racc*",
    "bin/rbs*",
    "bin/gem*",
    "bin/bundle*",
    "lib/ruby",
    "lib/libruby*",
    "include/ruby*",
    "share/ri",
)


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every Ruby, by `rbconfig.rb`; by the words of its binary where that is gone."""
    stated: dict[tuple[str, str], str] = {}
    for path in kept(tree, _CONFIG):
        place = _PLACE.fullmatch(path)
        numbers = [group(pattern, tree.read(path)) for pattern in _NUMBERS]
        if place and all(numbers):
            stated.setdefault((place.group(1), ".".join(numbers)), path)
    prefixes = {prefix for prefix, _ in stated}
    for path in programs(tree, *_PROGRAMS):
        prefix = prefix_of(path)
        if prefix not in prefixes:
            version, evidence = _search(tree, prefix, path)
            if version:
                stated.setdefault((prefix, version), evidence)
    for (prefix, version), evidence in stated.items():
        yield _runtime(tree, prefix, version, evidence)


def _search(tree: Tree, prefix: str, path: str) -> tuple[str, str]:
    for binary in (path, *libraries(tree, prefix, _LIBRARY)):
        if version := found(tree, binary):
            return version, binary
    return "", ""


def _runtime(tree: Tree, prefix: str, version: str, evidence: str) -> Runtime:
    minor = leading(version, 2)
    names = ("bin/ruby", f"bin/ruby{minor}", f"bin/ruby{minor.replace('.', '')}")
    path = (*present(tree, prefix, names), prefix)[0]
    own = has_own_prefix(tree, prefix, ("lib/ruby",))
    return Runtime(
        NAME,
        TITLE,
        version,
        path,
        evidence,
        bundled=tuple(_tools(tree, prefix, minor)),
        roots=(prefix,) if own else present(tree, prefix, _FILES),
        packaged=is_packaged(tree, path),
    )


def _tools(tree: Tree, prefix: str, minor: str) -> Iterator[Tool]:
    for library in (below(prefix, f"lib/ruby/{minor}.0"), below(prefix, "share/ruby")):
        for name, file, own in _TOOLS:
            path = f"{library}/{file}"
            if version := group(_CONSTANT, tree.read(path)):
                yield Tool(name, version, present(tree, library, own), path)


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `RUBY_VERSION`, which the official image sets."""
    name, version = variable(config, ("RUBY_VERSION",))
    return Runtime(NAME, TITLE, version, evidence=f"config: {name}") if name else None


def cycle(version: str, /) -> str:
    """Give `3.4` of `3.4.10`."""
    return leading(version, 2)
