"""Checks written down: every red line with its edit, whatever the names hold."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.model.check_report import CheckReport, Part, PartResult, Problem, State
from bedplate.model.severity import Severity
from bedplate.model.skipped import Skipped
from bedplate.reporting.check_formats import CHECK_FORMATS
from bedplate.reporting.look import Look
from bedplate.reporting.render_check import render_check

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES = [entry.NAME for entry in CHECK_FORMATS]


def problem(part: Part, text: str = "node is behind", *, fails: bool = True) -> Problem:
    remedy = f"write {text}"
    return Problem(part, "a-rule", Severity.WARNING, text, text, 3, remedy, fails, "node:22")


def report(text: str = "node is behind") -> CheckReport:
    item = Skipped(text, text)
    return CheckReport(
        (
            PartResult(Part.LINT, looked_at="1 file", problems=(problem(Part.LINT, text),)),
            PartResult(Part.PINS, looked_at="2 images", unexamined=(item,), skipped=(item,)),
            PartResult(
                Part.OUTDATED, problems=(problem(Part.OUTDATED, text, fails=False),), notes=(text,)
            ),
            PartResult(Part.SCAN, on=False),
        ),
        sources=(text,),
    )


def states(made: CheckReport) -> list[State]:
    return [part.state for part in made.parts]


def test_what_is_certain_goes_before_what_is_not_known() -> None:
    made = report()
    assert states(made) == [State.FAILED, State.UNKNOWN, State.PASSED, State.OFF]
    assert made.state is State.FAILED
    assert CheckReport(made.parts[1:]).state is State.UNKNOWN
    assert CheckReport(made.parts[1:], must_know=False).state is State.PASSED
    assert CheckReport(made.parts[2:]).state is State.PASSED


@given(st.text(max_size=30))
def test_no_name_acts_on_what_shows_it(text: str) -> None:
    made = report(text)
    texts = {name: render_check(made, name, Look()) for name in NAMES}
    for name in ("terminal", "markdown", "github"):
        assert texts[name].replace("\n", "").isprintable()
    ET.fromstring(texts["junit"])
    for name in ("json", "sarif"):
        assert texts[name].isascii()
        json.loads(texts[name])
    starts = [line.startswith("::") for line in texts["github"].splitlines()]
    assert starts == [True] * 4


def test_sarif_is_valid_by_the_published_schema(
    schema_errors: Callable[[Any, str], list[str]],
) -> None:
    for made in (report(), report('\x1b[2J\udcff "ä"'), CheckReport(())):
        assert schema_errors(json.loads(render_check(made, "sarif", Look())), "sarif-2.1.0") == []


def test_a_long_list_is_one_screen_and_says_where_the_rest_is() -> None:
    many = tuple(problem(Part.LINT, f"number {number}") for number in range(500))
    made = CheckReport((PartResult(Part.LINT, looked_at="9 files", problems=many),))
    text = render_check(made, "terminal", Look())
    assert len(text.splitlines()) < 50
    assert "and 485 more, which --format json lists" in text
    assert len(json.loads(render_check(made, "json", Look()))["parts"][0]["problems"]) == 500


def test_colour_is_for_terminals_that_want_it() -> None:
    assert "\x1b[31;1mfailed" in render_check(report(), "terminal", Look(color=True))
    assert "\x1b" not in render_check(report(), "terminal", Look())


@pytest.mark.parametrize("name", NAMES)
def test_every_format_names_the_edit(name: str) -> None:
    assert "write node is behind" in render_check(report(), name, Look())


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    if isinstance(value, list):
        return set[str]().union(*map(keys_of, value))
    return set()


def test_docs_describe_every_json_field() -> None:
    docs = "".join(
        (Path(__file__).parents[3] / "docs" / name).read_text(encoding="utf-8")
        for name in ("check.md", "json.md")
    )
    described = set(re.findall(r"`(\w+)`", docs))
    assert keys_of(json.loads(render_check(report(), "json", Look()))) - described == set()
