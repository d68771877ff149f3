"""Lint a Dockerfile that stands in another file: rules see its text, reports the file around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from bedplate.linting.checking import check_file
from bedplate.model.edit import Edit, Fix
from bedplate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.linting.linted_file import LintedFile
    from bedplate.linting.rule import Rule
    from bedplate.model.violation import Violation
    from bedplate.repofiles.located import Located

# What means the same in every quotation of YAML, JSON and HCL, and nothing to Compose.
_PLAIN = re.compile(r"(?!.*:\s)[^\r\n\"'\\#$%]*")


class InlinePlaces:
    """Where the lines and characters of an inline Dockerfile stand.

    Args:
        value: the Dockerfile.
        text: the file around it.
    """

    def __init__(self, value: Located, text: str) -> None:
        self._value = value
        self._inner = _line_starts(value.text)
        self._outer = _line_starts(text)

    def line(self, inner: int) -> int:
        """Give the line of the file on which a line of the Dockerfile begins, both from 1."""
        start = self._inner[min(inner, len(self._inner)) - 1]
        return bisect_right(self._outer, self._value.place(Span(start, start)).start)

    def inner_line(self, outer: int) -> int:
        """Give the last line of the Dockerfile that begins on a line of the file, or before."""
        return max(1, bisect_right(self._lines, outer))

    @cached_property
    def _lines(self) -> list[int]:
        return [self.line(inner) for inner in range(1, len(self._inner) + 1)]

    def moved(self, violation: Violation) -> Violation:
        """Say of a violation where it is in the file; a fix is kept where it is exact."""
        return replace(
            violation,
            line=self.line(violation.line),
            span=self._value.place(violation.span),
            fix=self._fix(violation.fix),
        )

    def _fix(self, fix: Fix | None) -> Fix | None:
        edits = [self._edit(edit) for edit in fix.edits] if fix else []
        exact = tuple(edit for edit in edits if edit is not None)
        return Fix(exact, fix.safe) if fix and len(exact) == len(edits) else None

    def _edit(self, edit: Edit) -> Edit | None:
        """Move an edit; None when its characters do not stand together, or need quotation."""
        if not _PLAIN.fullmatch(edit.text):
            return None
        start, end = edit.span
        if start == end:
            return Edit(self._value.place(edit.span), edit.text) if self._value.text else None
        span = self._value[start:end].span()
        return Edit(span, edit.text) if span else None


def check_inline(
    file: LintedFile, places: InlinePlaces, rules: Iterable[Rule], path: str
) -> list[Violation]:
    """Run rules over an inline Dockerfile.

    Args:
        file: the Dockerfile, parsed.
        places: where it stands.
        rules: which ones to run.
        path: of the file around it.
    """
    return [places.moved(one) for one in check_file(file, rules, path)]


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]
