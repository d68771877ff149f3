"""Rust crates that are linked into programs which were built with cargo-auditable."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from bedplate.errors import LimitExceeded
from bedplate.inventory.each_file import each_file
from bedplate.inventory.json_document import json_document
from bedplate.inventory.language_package import language_package
from bedplate.model.extract import Extract
from bedplate.model.want import KIB, MIB, Want
from bedplate.support.json_fields import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.package import Package
    from bedplate.model.skipped import Skipped
    from bedplate.model.tree import Tree

NAME = "cargo-auditable"

_SECTION = b".dep-v0"
_PLAIN_START = b'{"packages":['
# The four headers of a zlib stream, one for each group of levels.
_STREAM = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MAX_DOCUMENT = 8 * MIB


def _take_crates(content: bytes | bytearray) -> bytes | None:
    """Find the list of crates by what it begins with, so in any executable format."""
    for match in _STREAM.finditer(content):
        start = match.start()
        if _inflate(content[start : start + KIB], len(_PLAIN_START)) == _PLAIN_START:
            plain = _inflate(content[start : start + _MAX_DOCUMENT], _MAX_DOCUMENT)
            return plain if len(plain) < _MAX_DOCUMENT else None
    if content.startswith(_SECTION):  # the name of the section, at the end of a large program
        raise LimitExceeded("too large to be searched for the list of its crates")
    return None


def _inflate(content: bytes | bytearray, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return b""


_CRATES = Extract("cargo-auditable-1", _take_crates, _SECTION, reach=64 * KIB)
WANTS: tuple[Want, ...] = (Want("**/*", 64 * MIB, extract=_CRATES, program=True),)


def read(tree: Tree) -> Iterator[Package | Skipped]:
    """Yield the crates of every program; what only its build needed is left out.

    Args:
        tree: the file system, read with `WANTS`.

    Source: cargo-auditable, "PARSING.md" and its JSON schema.
    """
    return each_file(tree, tree.extracts(_CRATES.name), _parse)


def _parse(path: str, content: bytes) -> Iterator[Package]:
    for crate in map(mapping, items(json_document(path, content).get("packages"))):
        name, version = text(crate.get("name")), text(crate.get("version"))
        if name and version and crate.get("kind") != "build":
            yield language_package("cargo", path, name, version)
