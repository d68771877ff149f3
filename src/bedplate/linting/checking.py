"""Run the rules over one Dockerfile."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bedplate.dockerfile import parse
from bedplate.errors import InvalidConfiguration
from bedplate.linting.dockerignore import Dockerignore
from bedplate.linting.linted_file import LintedFile
from bedplate.linting.rules import RULES
from bedplate.linting.settings import LintSettings
from bedplate.linting.suppressions import Suppressions
from bedplate.model.span import Span
from bedplate.model.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bedplate.linting.rule import Hit, Rule


def rule_id(rule: Rule) -> str:
    """Give the id of a rule: the name of its module with dashes."""
    return _id(rule.__name__)


@cache
def _id(module: str) -> str:
    return module.rpartition(".")[2].replace("_", "-")


def lint(
    text: str,
    *,
    rules: Iterable[Rule] | None = None,
    config: LintSettings | None = None,
    path: str = "Dockerfile",
    dockerignore: str | None = None,
) -> list[Violation]:
    """Find what breaks rules in a Dockerfile, or a fragment of one.

    Args:
        text: the file.
        rules: which ones to run; None for all but those that nobody opted into.
        config: what the user decided; None for no wishes.
        path: name of the file, for messages.
        dockerignore: text of the .dockerignore of the build context; None when there is none.

    Returns:
        violations in the order of lines, without those that comments or settings suppress.

    Raises:
        InvalidConfiguration: a rule is enabled that is not there.
        InvalidDockerfile: a text that BuildKit would not parse.
        LimitExceeded: larger than a Dockerfile may be, or too much to hold against .dockerignore.
    """
    file = linted_file(text, config, dockerignore)
    return check_file(file, chosen_rules(file.settings) if rules is None else rules, path)


def linted_file(
    text: str, config: LintSettings | None = None, dockerignore: str | None = None
) -> LintedFile:
    """Parse a Dockerfile for rules; see `lint`."""
    ignored = None if dockerignore is None else Dockerignore(dockerignore)
    return LintedFile(parse(text), text, config or LintSettings(), ignored)


def check_file(file: LintedFile, rules: Iterable[Rule], path: str) -> list[Violation]:
    """Run rules over a parsed Dockerfile; see `lint`."""
    suppressions = Suppressions(file)
    found: list[Violation] = []
    for rule in rules:
        name = rule_id(rule)
        if suppressions.is_off(name):
            continue
        for hit in rule.check(file):
            twins = rule.TWINS if hit.twins is None else hit.twins
            line = hit.line or hit.step.line
            if not suppressions.hides(name, twins, hit.step.line):
                span = _span(hit, file.text)
                found.append(
                    Violation(name, rule.SEVERITY, hit.message, path, line, span, twins, hit.fix)
                )
    found.sort(key=lambda one: (one.line, one.span, one.rule))
    return found


def chosen_rules(settings: LintSettings) -> tuple[Rule, ...]:
    """Give the rules that run: all but those that are off and that nobody opted into.

    Raises:
        InvalidConfiguration: a rule is enabled that is not there.
    """
    return _chosen(settings.enable, settings.select)


@cache
def _chosen(enable: frozenset[str], select: frozenset[str]) -> tuple[Rule, ...]:
    if unknown := enable - {rule_id(rule) for rule in RULES}:
        raise InvalidConfiguration(f"no rule {min(unknown)} to enable", "docs/rules.md lists them")
    wanted = enable | select
    return tuple(
        rule for rule in RULES if not getattr(rule, "OPT_IN", False) or rule_id(rule) in wanted
    )


def _span(hit: Hit, text: str) -> Span:
    if hit.span is not None:
        return hit.span
    start, end = hit.step.instruction.span
    stop = text.find("\n", start, end)
    return Span(start, end if stop < 0 else stop)
