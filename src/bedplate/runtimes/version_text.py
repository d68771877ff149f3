"""Versions as runtimes write them: in files beside them, in binaries, in variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

_STATED = re.compile(r"v?(\d{1,4}(?:\.\d{1,9}){0,3}(?:[-+._]?[0-9A-Za-z][-+.0-9A-Za-z]{0,60})?)")


def group(pattern: re.Pattern[str], content: bytes | None) -> str:
    """Give the first group of the first match in a text file; empty when there is none."""
    match = pattern.search((content or b"").decode("utf-8", "replace"))
    return match.group(1) if match else ""


def found(tree: Tree, path: str) -> str:
    """Give what a search found in a binary as text; empty when it found nothing."""
    return (tree.found(path) or b"").decode("ascii", "replace")


def leading(version: str, parts: int) -> str:
    """Give the first numbers of a version: `leading("3.11.9rc1", 2)` is `3.11`.

    Empty when the version does not begin with so many numbers.
    """
    match = re.match(rf"\d{{1,9}}(?:\.\d{{1,9}}){{{parts - 1}}}", version)
    return match.group() if match else ""


def variable(config: ImageConfig, names: Iterable[str]) -> tuple[str, str]:
    """Give the first of these variables that holds a version, and the version without `v`.

    Both are empty when there is none; `lts` and the like are no versions.
    """
    for name in names:
        match = _STATED.fullmatch((config.variable(name) or "").strip())
        if match:
            return name, match.group(1)
    return "", ""
