"""Nodes of YAML or relaxed JSON -> plain values, bounded however often aliases are used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bedplate.errors import InvalidDocument, LimitExceeded
from bedplate.repofiles.nodes import Mapping, Scalar
from bedplate.repofiles.relaxed_json import relaxed_json_nodes
from bedplate.repofiles.yaml_nodes import yaml_nodes

if TYPE_CHECKING:
    from bedplate.repofiles.nodes import Node

_MAX_VALUES = 200_000
_MAX_DEPTH = 40
_INTEGER = re.compile(r"-?\d{1,15}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_relaxed_json(path: str, text: str) -> dict[str, Any]:
    """Read an object of JSON that may have comments and trailing commas.

    Raises:
        InvalidDocument: not JSON even so, or not an object.
        LimitExceeded: more values than are read.
    """
    return _Reader(path).table(relaxed_json_nodes(path, text))


def read_yaml(path: str, text: str) -> dict[str, Any]:
    """Read a mapping of YAML; raises as `read_relaxed_json`."""
    return _Reader(path).table(yaml_nodes(path, text))


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path
        self._left = _MAX_VALUES

    def table(self, nodes: list[Node]) -> dict[str, Any]:
        if len(nodes) != 1 or not isinstance(nodes[0], Mapping):
            raise InvalidDocument(f"{self._path}: not one table of settings")
        return self._mapping(nodes[0], 0)

    def _mapping(self, node: Mapping, depth: int) -> dict[str, Any]:
        return {
            name.value: self._value(value, depth + 1)
            for name, value in node.pairs
            if isinstance(name, Scalar)
        }

    def _value(self, node: Node, depth: int) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _MAX_DEPTH:
            raise LimitExceeded(f"{self._path}: more settings than are read")
        if isinstance(node, Scalar):
            return _scalar(node)
        if isinstance(node, Mapping):
            return self._mapping(node, depth)
        return [self._value(item, depth + 1) for item in node.items]


def _scalar(node: Scalar) -> Any:
    if node.style:
        return node.value
    if node.value.lower() in _WORDS:
        return _WORDS[node.value.lower()]
    return int(node.value) if _INTEGER.fullmatch(node.value) else node.value
