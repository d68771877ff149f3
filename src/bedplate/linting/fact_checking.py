"""Run the facts rules over one image of one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.fact_rules import FACT_RULES
from bedplate.model.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bedplate.linting.fact_rule import FactRule
    from bedplate.linting.linted_image import LintedImage
    from bedplate.linting.settings import LintSettings


def check_facts(
    image: LintedImage,
    path: str,
    config: LintSettings,
    rules: Iterable[FactRule] = FACT_RULES,
) -> Iterator[Violation]:
    """Find what is wrong with an image that a file names.

    Args:
        image: the place, and what is known of the image.
        path: name of the file.
        config: which rules the user selected or left out.
        rules: which ones to run.
    """
    use = image.use
    for rule in rules:
        name = fact_rule_id(rule)
        if name in config.ignore:
            continue
        for claim in rule.check(image):
            names = {name, *claim.twins}
            if names & config.ignore or (config.select and not names & config.select):
                continue
            yield Violation(
                rule=name,
                severity=rule.SEVERITY,
                message=claim.message,
                path=path,
                line=claim.line or use.line,
                span=claim.span or use.use_span or use.span,
                twins=claim.twins,
                fix=claim.fix,
                evidence=claim.evidence or image.evidence.answers,
            )


def fact_rule_twins(rule: FactRule) -> tuple[str, ...]:
    """Give the codes of other linters that mean the same as a facts rule."""
    twins: tuple[str, ...] = getattr(rule, "TWINS", ())
    return twins


def fact_rule_id(rule: FactRule) -> str:
    """Give the id of a facts rule: the name of its module with dashes."""
    return rule.__name__.rpartition(".")[2].replace("_", "-")
