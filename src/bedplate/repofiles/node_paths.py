"""Values of a document by the path of their keys: `jobs/*/container/image`.

A path has a key per step; `*` is any key, `[]` any item of a list, `**` any number of steps.
Merged mappings (`<<`) count as part of the one they are merged into. However often a node is
aliased, it is visited once for each step of the paths that it can stand for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from bedplate.repofiles.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MERGE = "<<"
Paths = tuple[tuple[str, str], ...]
_States = frozenset[tuple[int, int]]


class Found(NamedTuple):
    """A node at one of the paths.

    Args:
        label: what stands beside the path.
        node: the value.
        key: the last key that leads to it; None in a list.
    """

    label: str
    node: Node
    key: Scalar | None


def find_nodes(roots: Iterable[Node], paths: Paths) -> Iterator[Found]:
    """Find the nodes at some paths, in the order of the file.

    Args:
        roots: the documents.
        paths: pairs of a path and a label that is given with what is found.
    """
    table = tuple((tuple(path.split("/")), label) for path, label in paths)
    walk = _Walk(table)
    # Kept to the end: the walk knows nodes by their identity, which must not be used again.
    kept = list(roots)
    for root in kept:
        yield from walk.visit(root, frozenset((number, 0) for number in range(len(table))), None)


class _Walk:
    """One walk over the documents; remembers what it has seen where."""

    def __init__(self, table: tuple[tuple[tuple[str, ...], str], ...]) -> None:
        self._table = table
        self._seen: set[tuple[int, _States]] = set()
        # A file has few distinct keys, and asks the same of them again and again.
        self._step = cache(self._after)

    def visit(self, node: Node, states: _States, key: Scalar | None) -> Iterator[Found]:
        stack: list[tuple[Node, _States, Scalar | None]] = [(node, states, key)]
        while stack:
            node, states, key = stack.pop()
            if (id(node), states) in self._seen:
                continue
            self._seen.add((id(node), states))
            for number, position in sorted(states):
                steps, label = self._table[number]
                if position == len(steps):
                    yield Found(label, node, key)
            stack.extend(reversed(list(self._children(node, states))))

    def _children(
        self, node: Node, states: _States
    ) -> Iterator[tuple[Node, _States, Scalar | None]]:
        if isinstance(node, Sequence):
            if after := self._step(states, "", is_item=True):
                for item in node.items:
                    yield item, after, None
        elif isinstance(node, Mapping):
            for name, value in node.pairs:
                if not isinstance(name, Scalar):
                    continue
                if name.value == _MERGE and not name.style:
                    merged = value.items if isinstance(value, Sequence) else [value]
                    yield from ((one, states, None) for one in merged if isinstance(one, Mapping))
                elif after := self._step(states, name.value, is_item=False):
                    yield value, after, name

    def _after(self, states: _States, key: str, *, is_item: bool) -> _States:
        """Give the states behind one more key or item."""
        after = set()
        for number, position in states:
            steps = self._table[number][0]
            if position < len(steps) and steps[position] == "**":
                after.add((number, position))
                position += 1  # noqa: PLW2901 - `**` may also stand for no step at all
            if position == len(steps):
                continue
            step = steps[position]
            if step == "[]" if is_item else step in ("*", key):
                after.add((number, position + 1))
        return frozenset(after)
