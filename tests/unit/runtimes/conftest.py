"""What the tests of the runtimes share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.runtimes.find import WANTS, find_runtimes
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

Files = dict[str, bytes | str]


@pytest.fixture
def find() -> Callable[[Files], tuple[Runtime, ...]]:
    """Give a function from files to the runtimes in them."""
    return lambda files: find_runtimes(MemoryTree(files, WANTS))


@pytest.fixture
def binary() -> Callable[[bytes], bytes]:
    """Give a function from a few words to a large program that holds them."""
    return lambda words: b"\x7fELF" + b"\0" * 70_000 + words + b"\0" * 70_000
