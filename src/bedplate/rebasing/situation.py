"""What hazards look at: the layers that stay, and the bases below them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.images.file_tree import FileTree
from bedplate.images.layer_index import DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bedplate.images.layer_index import LayerIndex
    from bedplate.rebasing.run_config import Run

SHOWN = 10  # paths that a concern names


@dataclass(frozen=True)
class Runs:
    """What containers start with: of the image, of both bases, and of the result."""

    own: Run = field(default_factory=dict)
    before: Run = field(default_factory=dict)
    after: Run = field(default_factory=dict)
    merged: Run = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """An image between two bases.

    Args:
        app: its own layers, lowest first.
        old, new: layers of the bases.
        runs: what containers start with.
    """

    app: Sequence[LayerIndex]
    old: Sequence[LayerIndex]
    new: Sequence[LayerIndex]
    runs: Runs = field(default_factory=Runs)

    @cached_property
    def before(self) -> FileTree:
        """The old base."""
        return FileTree(self.old)

    @cached_property
    def after(self) -> FileTree:
        """The new base."""
        return FileTree(self.new)

    @cached_property
    def merged(self) -> FileTree:
        """The image on the new base."""
        return FileTree((*self.new, *self.app))

    def files(self) -> Iterator[tuple[int, str]]:
        """Walk number (1 = the lowest of its own) and path of what its layers hold but folders."""
        for number, layer in enumerate(self.app, 1):
            for path, kind in zip(layer.paths, layer.kinds, strict=True):
                if kind != DIRECTORY:
                    yield number, path

    def deleted(self) -> Iterator[tuple[int, str]]:
        """Walk number and path of what its layers delete."""
        for number, layer in enumerate(self.app, 1):
            for path in layer.whiteouts:
                yield number, path


def counted(count: int, word: str) -> str:
    """Write `1 file`, `2 files`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
