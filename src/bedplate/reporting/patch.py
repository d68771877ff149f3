"""Changed files as a patch that `git apply` and `patch -p1` take."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.model.pin import ChangedFile


def patch(changed: Iterable[ChangedFile]) -> str:
    """Write the changes of files, one after the other."""
    return "".join(line for one in changed for line in _patch(one))


def _patch(changed: ChangedFile) -> Iterator[str]:
    before = f"a/{changed.path}" if changed.old else "/dev/null"
    for line in difflib.unified_diff(
        _split(changed.old), _split(changed.new), before, f"b/{changed.path}"
    ):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(text: str) -> list[str]:
    """Split at line feeds alone: `splitlines` knows more ends of lines than a patch does."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
