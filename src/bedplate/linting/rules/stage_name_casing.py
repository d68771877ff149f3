"""The name of a stage has capital letters.

Stage names do not depend on case, so capitals only make two spellings of one name.

Fix: write the name in small letters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.rule import Hit
from bedplate.model.edit import Edit, Fix
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.STYLE
TWINS = ("StageNameCasing",)
BAD = ("FROM debian:12 AS Base\n",)
GOOD = ("FROM debian:12 AS base\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find stage names that are not in small letters."""
    for stage in file.stages:
        word = stage.name_word
        if word is not None and word.text != word.text.lower():
            fix = Fix((Edit(word.span, word.text.lower()),))
            message = f"stage name {word.text} has capitals"
            yield Hit(file.origin(stage.index), message, word.span, None, fix)
