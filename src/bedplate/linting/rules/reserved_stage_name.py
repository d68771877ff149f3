"""A stage is named as something that BuildKit has itself.

`scratch` is the empty image and `context` the build context: nothing can refer to the stage.

Fix: choose another name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.ERROR
TWINS = ("DL3063", "ReservedStageName")
BAD = ("FROM debian:12 AS scratch\n",)
GOOD = ("FROM debian:12 AS base\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find the names scratch and context."""
    for stage in file.stages:
        word = stage.name_word
        if word is not None and stage.name in ("scratch", "context"):
            twins = TWINS if word.text == stage.name else TWINS[1:]
            message = f"stage name {word.text} is reserved"
            yield Hit(file.origin(stage.index), message, word.span, twins)
