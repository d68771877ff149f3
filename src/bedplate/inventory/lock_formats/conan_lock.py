"""`conan.lock` of Conan, for C and C++: both generations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.inventory.json_document import json_document
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.model.want import Want
from bedplate.support.json_fields import mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bedplate.model.package import Package

NAME = "conan.lock"
WANTS: tuple[Want, ...] = (Want("**/conan.lock", MAX_BYTES),)

# name/version[@user/channel][#revision][:package][%time]
_REFERENCE = re.compile(r"([^/@#:%\s]+)/([^/@#:%\s]+)(?:@([^/#:%\s]+)/([^/#:%\s]+))?(?:[#:%].*)?")


def parse(path: str, content: bytes) -> Iterator[Package]:
    """Yield the packages; what only builds need is for development.

    Args:
        path: of the file.
        content: of the file.

    Source: Conan documentation, "Lockfiles"; purl type definition "conan".
    """
    document = json_document(path, content)
    graph = mapping(document.get("graph_lock"))
    listed = _of_graph(mapping(graph.get("nodes"))) if graph else _of_lists(document)
    yield from merge(
        package
        for reference, development in listed
        for package in _packages(path, reference, development=development)
    )


def _of_lists(document: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    for key in ("requires", "build_requires", "python_requires"):
        for reference in texts(document.get(key)):
            yield reference, key != "requires"


def _of_graph(nodes: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Read Conan 1: the project itself is a node with a path that no other asks for."""
    needed = {number for node in nodes.values() for number in _asked_for(node, "requires")}
    built_with = {n for node in nodes.values() for n in _asked_for(node, "build_requires")}
    for number, node in nodes.items():
        fields = mapping(node)
        if not fields.get("path") or number in needed | built_with:
            reference = text(fields.get("ref")) or text(fields.get("pref"))
            yield reference, number in built_with or fields.get("context") == "build"


def _asked_for(node: Any, key: str) -> list[str]:
    asked = mapping(node).get(key)
    return texts(list(asked.values()) if isinstance(asked, dict) else asked)


def _packages(path: str, reference: str, *, development: bool) -> Iterator[Package]:
    match = _REFERENCE.fullmatch(reference)
    if match:
        name, version, user, channel = match.groups()
        qualifiers = {"user": user or "", "channel": channel or ""}
        yield language_package(
            "conan", path, name, version, qualifiers=qualifiers, development=development
        )
