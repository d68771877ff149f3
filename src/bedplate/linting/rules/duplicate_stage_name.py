"""Two stages have the same name.

`COPY --from` and `--target` can reach only one of them.

Fix: give each stage a name of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3024", "DuplicateStageName", "DS-0012")
BAD = ("FROM debian:12 AS base\nFROM debian:12 AS base\n",)
GOOD = ("FROM debian:12 AS base\nFROM debian:12 AS app\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find names that an earlier stage has."""
    seen: dict[str, set[str]] = {}
    for stage in file.stages:
        word = stage.name_word
        if word is None or stage.name is None:
            continue
        if stage.name in seen:
            # hadolint compares names by the letter
            twins = TWINS if word.text in seen[stage.name] else TWINS[1:]
            message = f"an earlier stage is named {stage.name} too"
            yield Hit(file.origin(stage.index), message, word.span, twins)
        seen.setdefault(stage.name, set()).add(word.text)
