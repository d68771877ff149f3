from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.reporting import words
from bedplate.reporting.harmless import harmless, without_surrogates


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (None, "?"),
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (8_440_000, "8.4 MB"),
        (55_240_000, "55.2 MB"),
        (99_949_999, "99.9 MB"),
        (99_950_000, "100 MB"),
        (398_333_882, "398 MB"),
        (999_499_999, "999 MB"),
        (999_500_000, "1.0 GB"),
        (1_097_112_345, "1.1 GB"),
        (10**21, "1000000 PB"),
    ],
)
def test_sizes_are_decimal_with_a_digit_where_it_says_something(
    count: int | None, text: str
) -> None:
    assert words.size(count) == text


def test_a_rounded_size_is_marked_and_an_unknown_one_is_not() -> None:
    assert words.size(136_000_000, 1_000_000) == "~136 MB"
    assert words.size(None, 1_000_000) == "?"


@given(st.integers(0, 10**17))
def test_a_size_never_shows_a_thousand_of_a_smaller_unit(count: int) -> None:
    value, unit = words.size(count).split()
    assert float(value) < 1000
    scale = {"B": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "PB": 1e15}[unit]
    assert float(value) * scale == pytest.approx(count, rel=0.06)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "?"),
        (0.0, "0 %"),
        (0.003, "0.3 %"),
        (0.0994, "9.9 %"),
        (0.14, "14 %"),
        (1.0, "100 %"),
    ],
)
def test_shares(value: float | None, text: str) -> None:
    assert words.share(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, "?"), (1.0, "1.0x"), (7.249, "7.2x"), (398.3, "398x")]
)
def test_multiples(value: float | None, text: str) -> None:
    assert words.times(value) == text


def test_unknown_empty_and_listed_differ() -> None:
    assert words.listed(None) == "?"
    assert words.listed(()) == "none"
    assert words.listed(("a", "b")) == "a, b"
    assert words.given(None) == "?"
    assert words.given("") == "none"


def test_digests_and_days_are_short() -> None:
    assert words.short_digest("sha256:" + "ab" * 32) == "sha256:abababababab"
    assert words.short_digest(None) == "?"
    assert words.day("2025-11-18T04:00:00Z") == "2025-11-18"
    assert words.day(None) == "?"


@pytest.mark.parametrize(
    ("evil", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("a\nb\rc\td", r"a\x0ab\x0dc\x09d"),
        ("\x9b31m", r"\x9b31m"),
        ("caf\udce9", r"caf\xe9"),
        ("gnp\u202efdp", r"gnp\u202efdp"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("\U000e0041", r"\U000e0041"),
        ("\ud800", r"\ud800"),
    ],
)
def test_what_could_act_on_a_terminal_is_shown_as_an_escape(evil: str, shown: str) -> None:
    assert harmless(evil) == shown


def test_what_people_read_stays() -> None:
    assert harmless("Zürich 東京 node:20") == "Zürich 東京 node:20"


def test_endless_names_are_cut() -> None:
    assert len(harmless("x" * 10**6)) < 1100


@given(st.text(st.characters(), max_size=200))
def test_harmless_text_is_printable_whatever_comes(text: str) -> None:
    assert harmless(text).isprintable()


@given(st.text(st.characters(), max_size=200))
def test_text_without_surrogates_can_be_encoded(text: str) -> None:
    without_surrogates(text).encode()
