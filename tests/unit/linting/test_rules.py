from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bedplate.errors import InvalidConfiguration
from bedplate.linting import LintSettings, lint, rule_id
from bedplate.linting.rule_page import rule_page
from bedplate.linting.rules import RULES
from bedplate.model.span import Span

if TYPE_CHECKING:
    from bedplate.linting.rule import Rule

FOLDER = Path(__file__).parents[3] / "src" / "bedplate" / "linting" / "rules"
BAD = [(rule, text) for rule in RULES for text in rule.BAD]
GOOD = [(rule, text) for rule in RULES for text in rule.GOOD]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_bad_texts_break_the_rule(rule: Rule, text: str) -> None:
    found = lint(text, rules=[rule], dockerignore=getattr(rule, "DOCKERIGNORE", None))
    assert found, text
    assert {one.rule for one in found} == {rule_id(rule)}
    for one in found:
        assert set(one.twins) <= set(rule.TWINS)
        assert Span(0, 0) < one.span <= Span(len(text), len(text))
        assert 1 <= one.line <= text.count("\n") + 1


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_good_texts_do_not(rule: Rule, text: str) -> None:
    settings = LintSettings(trusted_registries=("docker.io",))
    trusted = "untrusted" in text
    ignored = getattr(rule, "DOCKERIGNORE", None)
    config = None if trusted else settings
    assert lint(text, rules=[rule], config=config, dockerignore=ignored) == []


def test_every_module_of_the_shelf_is_in_the_table() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert {rule_id(rule).replace("-", "_") for rule in RULES} == modules


@pytest.mark.parametrize("rule", RULES, ids=rule_id)
def test_the_docstring_says_what_and_how_to_repair(rule: Rule) -> None:
    summary, _, rest = (rule.__doc__ or "").partition("\n")
    assert re.fullmatch(r"[A-Z].*\.", summary)
    assert "Fix: " in rest


def test_violations_come_in_the_order_of_lines() -> None:
    found = lint("FROM debian\nRUN sudo a\nUSER root\nCMD b\n")
    lines = [one.line for one in found]
    assert lines == sorted(lines)
    assert set(lines) == {1, 2, 3, 4}


def test_a_rule_that_is_off_runs_when_enabled_or_selected() -> None:
    text = "FROM debian:12.5-slim\n"
    assert "no-digest" not in {one.rule for one in lint(text)}
    enabled = LintSettings(enable=frozenset({"no-digest"}))
    assert "no-digest" in {one.rule for one in lint(text, config=enabled)}
    selected = LintSettings(select=frozenset({"no-digest"}))
    assert {one.rule for one in lint(text, config=selected)} == {"no-digest"}


def test_enabling_what_is_no_rule_is_an_error() -> None:
    with pytest.raises(InvalidConfiguration, match="no-digset"):
        lint("FROM a:1\n", config=LintSettings(enable=frozenset({"no-digset"})))


def test_untrusted_registries_are_named() -> None:
    settings = LintSettings(trusted_registries=("docker.io", "*.example"))
    text = "FROM evil.test/a:1\nFROM a.example/b:1\nFROM a:2\nCOPY --from=evil.test/c:1 / /x"
    found = [one.line for one in lint(text, config=settings) if one.rule == "untrusted-registry"]
    assert found == [1, 4]


def test_a_stage_copied_from_is_not_an_untrusted_image() -> None:
    settings = LintSettings(trusted_registries=("docker.io",))
    text = "FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a /x /x\nCOPY --from=0 /x /x\n"
    assert not [o for o in lint(text, config=settings) if o.rule == "untrusted-registry"]


def test_a_cleaning_of_something_else_is_no_cleaning() -> None:
    text = "FROM debian:12\nRUN apt-get update && apt-get install -y a=1 && rm -rf /tmp/x\n"
    [one] = [one for one in lint(text) if one.rule == "package-cache"]
    assert one.twins == ()


def test_versions_held_by_variables_count_as_versions() -> None:
    text = "FROM fedora:42\nENV V=2.51\nRUN dnf -y install git-$V && dnf clean all\n"
    assert not [one for one in lint(text) if one.rule == "unpinned-package"]


def test_the_page_of_rules_is_what_the_rules_say() -> None:
    page = FOLDER.parents[3] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == rule_page()
