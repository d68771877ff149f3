from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bedplate.linting.deprecations import PREFIXES, REPOSITORIES
from bedplate.linting.fact_checking import fact_rule_id
from bedplate.linting.fact_rule_page import fact_rule_page
from bedplate.linting.fact_rules import FACT_RULES
from bedplate.linting.rules import RULES

if TYPE_CHECKING:
    from bedplate.linting.fact_rule import FactRule

PAGE = Path(__file__).parents[4] / "docs/fact-rules.md"


def test_the_page_is_made_from_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == fact_rule_page(), "write it anew, see its head"


@pytest.mark.parametrize("rule", FACT_RULES, ids=fact_rule_id)
def test_every_rule_says_what_why_how_and_whether_it_is_safe(rule: FactRule) -> None:
    text = rule.__doc__ or ""
    parts = ["Example:", "Fix:", "Fix safety:"]
    assert [text.count(f"\n{part}") for part in parts] == [1, 1, 1]
    assert text.partition("\n")[0].endswith(".")


def test_ids_are_not_those_of_text_rules() -> None:
    text_rules = {rule.__name__.rpartition(".")[2] for rule in RULES}
    assert text_rules.isdisjoint(rule.__name__.rpartition(".")[2] for rule in FACT_RULES)


def test_every_deprecation_has_a_source() -> None:
    for name, found in (REPOSITORIES | PREFIXES).items():
        assert "/" in name
        assert found.source
        assert not found.since or re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", found.since)
        assert bool(found.moved_to.endswith("/")) == bool(found.moved_to)
