"""Run the rules over the images that all files of a run name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.repository_rules import REPOSITORY_RULES
from bedplate.model.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bedplate.linting.repository_rule import PlacedUse, RepositoryRule
    from bedplate.linting.settings import LintSettings


def check_repository(
    places: Sequence[PlacedUse],
    settings: LintSettings,
    rules: Iterable[RepositoryRule] = REPOSITORY_RULES,
) -> list[Violation]:
    """Find what is wrong with the images that files name, seen together.

    Args:
        places: of all files.
        settings: which images may be used, and which rules the user selected or left out.
        rules: which ones to run.
    """
    found: list[Violation] = []
    for rule in rules:
        name = repository_rule_id(rule)
        off = name in settings.ignore or "*" in settings.ignore
        if off or (settings.select and name not in settings.select):
            continue
        for one in rule.check(places, settings):
            path, use = one.place
            span = use.use_span or use.span
            found.append(
                Violation(name, rule.SEVERITY, one.message, path, use.line, span, fix=one.fix)
            )
    return found


def repository_rule_id(rule: RepositoryRule) -> str:
    """Give the id of a rule over several files: the name of its module with dashes."""
    return rule.__name__.rpartition(".")[2].replace("_", "-")
