"""Labels are not those that the settings ask for.

Tools that sort, count and clean images by their labels see nothing of one that lacks them. The rule
runs where `[lint.labels]` has a schema: labels that every image must have, and of which kind their
values are: text, url, rfc3339, spdx, hash, semver or email.

Fix: write the label; where it is in the settings by mistake, take it out there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.label_settings import fault
from bedplate.linting.linted_file import unquoted
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.dockerfile.instruction import Pair
    from bedplate.linting.linted_file import LintedFile, Step

SEVERITY = Severity.INFO
TWINS = (
    "DL3049",
    "DL3050",
    "DL3051",
    "DL3052",
    "DL3053",
    "DL3054",
    "DL3055",
    "DL3056",
    "DL3058",
)
BAD = ()
GOOD = ("FROM debian:12\nLABEL anything=goes\n",)


def check(file: LintedFile) -> Iterator[Hit]:
    """Find labels with another value, labels of no schema, and stages without a label."""
    settings = file.settings.labels
    schema = dict(settings.schema)
    if not schema:
        return
    named: dict[int, set[str]] = {}
    for step in file.direct("LABEL"):
        strangers = []
        for pair in step.instruction.pairs:
            label = unquoted(pair.name)
            named.setdefault(step.stage, set()).add(label)
            if label in schema:
                yield from _of_value(step, pair, schema[label])
            else:
                strangers.append(pair)
        if settings.strict and strangers:
            message = f"label {unquoted(strangers[0].name)} is not in the schema"
            yield Hit(step, message, strangers[0].span, ("DL3050",))
    yield from _missing(file, schema, named)


def _of_value(step: Step, pair: Pair, kind: str) -> Iterator[Hit]:
    label, value = unquoted(pair.name), unquoted(pair.value or "")
    if not value:
        yield Hit(step, f"label {label} is empty", pair.span, ("DL3051",))
    wrong = fault(kind, value)
    if wrong is not None:
        yield Hit(step, f"label {label} is not {wrong[1]}", pair.span, (wrong[0],))


def _missing(file: LintedFile, schema: dict[str, str], named: dict[int, set[str]]) -> Iterator[Hit]:
    """Find labels that neither a stage has, nor one that it stands on or that stands on it."""
    there: dict[int, set[str]] = {}
    for stage in file.stages:
        lineage = list(file.lineage(stage.index))
        found = {label for one in lineage for label in named.get(one, ())}
        for one in lineage:
            there.setdefault(one, set()).update(found)
    for stage in file.stages:
        for label in schema:
            if label not in there[stage.index]:
                message = f"label {label} is missing"
                yield Hit(file.origin(stage.index), message, twins=("DL3049",))
