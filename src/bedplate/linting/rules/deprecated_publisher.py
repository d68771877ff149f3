"""An image comes from a publisher that does not update it any more.

It gets no security fixes.

Fix: take the successor that the message names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.errors import InvalidReference
from bedplate.linting.deprecations import deprecation_of, in_words
from bedplate.linting.rule import Hit
from bedplate.model.reference import Reference
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM openjdk:17\n",
    "FROM k8s.gcr.io/pause:3.9\n",
)
GOOD = (
    "FROM eclipse-temurin:17\n",
    "FROM registry.k8s.io/pause:3.9\n",
)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find images of the table of deprecations."""
    for value in file.bases:
        if file.parents[value.stage] >= 0 or not value.text:
            continue
        try:
            reference = Reference.parse(value.text)
        except InvalidReference:
            continue  # another rule's business
        found = deprecation_of(reference)
        if found is not None:
            span = file.stages[value.stage].base.span
            message = in_words(reference.familiar_name, found)
            yield Hit(file.origin(value.stage), message, span)
