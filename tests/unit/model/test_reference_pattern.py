from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidConfiguration
from bedplate.model.reference import Reference
from bedplate.model.reference_pattern import matches_pattern


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("python", "python"),
        ("python:3.13", "python"),
        ("python:3.13", "python:3.*"),
        ("docker.io/library/python", "pyth?n"),
        ("quay.io/org/app", "quay.io/*/app"),
        ("quay.io/org/app:1", "quay.io/o[a-s]g/*:[^2]"),
        ("quay.io/org/app-base-slim", "quay.io/org/*-b*se-s*m"),
        ("quay.io/org/app", "quay.io/org/**"),
        ("quay.io/org/app", r"quay\.io/org/a[p\-]p"),
    ],
)
def test_patterns_that_fit(text: str, pattern: str) -> None:
    assert matches_pattern(Reference.parse(text), pattern)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("python:3.13", "python:2*"),
        ("quay.io/org/team/app", "quay.io/*"),
        ("quay.io/org/app", "org/app"),
        ("quay.io/org/app", "quay.io/org/a[^p]p"),
        ("quay.io/org/app", "quay.io/org/app?"),
        ("quay.io/org/abab", "quay.io/org/*ab*ab*ab"),
    ],
)
def test_patterns_that_do_not_fit(text: str, pattern: str) -> None:
    assert not matches_pattern(Reference.parse(text), pattern)


@pytest.mark.parametrize("pattern", ["[", "[]", "[-x]", "[z-a]", "a[b", "x\\"])
def test_a_broken_set_is_refused(pattern: str) -> None:
    with pytest.raises(InvalidConfiguration, match="is not a pattern"):
        matches_pattern(Reference.parse("python"), pattern)


def test_many_stars_cost_no_more_than_a_few() -> None:
    long = Reference.parse("quay.io/" + "a" * 240)
    assert not matches_pattern(long, "quay.io/" + "*a" * 60 + "*b")


@given(st.text("ab*?[]^-\\/:.", max_size=25))
def test_any_pattern_is_answered_or_refused(pattern: str) -> None:
    reason = ""
    try:
        matches_pattern(Reference.parse("a/b:ab"), pattern)
    except InvalidConfiguration as error:
        reason = error.message
    assert not reason or "is not a pattern" in reason
