"""Shell patterns, judged by the regular expressions that BuildKit makes of them."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bedplate.dockerfile.shell_pattern import Pattern

_PATTERNS = st.text("ab*?", max_size=6)
_VALUES = st.text("abc", max_size=10)


def _pattern(text: str) -> Pattern:
    pattern = Pattern.parse(text)
    assert pattern is not None
    return pattern


def _expression(pattern: str, star: str) -> re.Pattern[str]:
    return re.compile("".join({"*": star, "?": "."}.get(one, one) for one in pattern))


@settings(deadline=None)
@given(pattern=_PATTERNS, value=_VALUES, longest=st.booleans())
def test_prefix(pattern: str, value: str, *, longest: bool) -> None:
    match = _expression(pattern, ".*" if longest else ".*?").match(value)
    assert _pattern(pattern).prefix(value, longest=longest) == (match.end() if match else 0)


@settings(deadline=None)
@given(pattern=_PATTERNS, value=_VALUES, longest=st.booleans())
def test_suffix(pattern: str, value: str, *, longest: bool) -> None:
    expression = _expression(pattern, ".*")
    starts = [i for i in range(len(value) + 1) if expression.fullmatch(value, i)]
    expected = (starts[0] if longest else starts[-1]) if starts else len(value)
    assert _pattern(pattern).suffix(value, longest=longest) == expected


@settings(deadline=None)
@given(_PATTERNS, _VALUES)
@example("*", "")
@example("", "ab")
def test_replace_one(pattern: str, value: str) -> None:
    expected = _expression(pattern, ".*").sub("-", value, count=1)
    assert _pattern(pattern).replace(value, "-", every=False, limit=99) == expected


@settings(deadline=None)
@given(_PATTERNS.filter(lambda text: text.strip("*") != ""), _VALUES)
def test_replace_every(pattern: str, value: str) -> None:
    expected = _expression(pattern, ".*").sub("-", value)
    assert _pattern(pattern).replace(value, "-", every=True, limit=99) == expected


@pytest.mark.parametrize(
    ("pattern", "value", "result"),
    [
        ("", "ab", "-a-b-"),
        ("*", "ab", "-"),
        ("\\*", "a*b", "a-b"),
        ("\\?\\\\", "?\\", "-"),
        ("[a].", "xa[a].", "xa-"),
        ("\\}\\/", "a}/", "a-"),
    ],
)
def test_replace_every_in_odd_cases(pattern: str, value: str, result: str) -> None:
    assert _pattern(pattern).replace(value, "-", every=True, limit=99) == result


@pytest.mark.parametrize("pattern", ["\\a", "\\", "x\\-"])
def test_unknown_escape_is_no_pattern(pattern: str) -> None:
    assert Pattern.parse(pattern) is None


def test_result_is_bounded() -> None:
    assert _pattern("a").replace("a" * 10, "xx", every=True, limit=15) is None
