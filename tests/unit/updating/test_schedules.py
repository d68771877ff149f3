from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.model.path_glob import path_fits
from bedplate.updating.schedule_text import read_schedule

MONDAY = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


def hours(text: str, day: int = 0) -> list[int]:
    windows = read_schedule(text)
    assert windows is not None
    moments = (MONDAY + dt.timedelta(days=day, hours=hour) for hour in range(24))
    return [one.hour for one in moments if not windows or any(w.is_open(one) for w in windows)]


@pytest.mark.parametrize(
    ("text", "monday", "saturday"),
    [
        ("at any time", 24, 24),
        ("before 5am", 5, 5),
        ("after 10pm", 2, 2),
        ("after 10pm and before 11pm every weekday", 1, 0),
        ("every weekend", 0, 24),
        ("before 3:00 am on Monday", 3, 0),
        ("on monday and saturday", 24, 24),
        ("* 0-3 * * 1", 4, 0),
        ("* */6 * * 6,0", 0, 4),
        ("on the first day of the month", 0, 0),
    ],
)
def test_hours_that_are_open(text: str, monday: int, saturday: int) -> None:
    assert (len(hours(text)), len(hours(text, 5))) == (monday, saturday)


@pytest.mark.parametrize(
    "text", ["sometimes", "before 99am", "* 25 * * *", "*/5 * * 13 *", "1 2 3"]
)
def test_what_is_not_understood(text: str) -> None:
    assert read_schedule(text) is None


@given(st.text() | st.from_regex(r"[0-9*/,\- ]{0,30}"))
def test_any_text(text: str) -> None:
    for window in read_schedule(text) or ():
        assert window.hours <= set(range(24))


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("**/Dockerfile", "Dockerfile", True),
        ("**/Dockerfile", "a/b/Dockerfile", True),
        ("*", "a/Dockerfile", False),
        ("a/**", "a/b/c", True),
        ("a/*", "a/b/c", False),
        ("/a/?.yaml", "a/b.yaml", True),
        ("{a,b}/x", "b/x", True),
        ("a.b", "acb", False),
    ],
)
def test_globs(pattern: str, path: str, *, fits: bool) -> None:
    assert path_fits(path, pattern) is fits


@given(st.text(alphabet="a*/?{,}.[", max_size=40), st.text(alphabet="a/.", max_size=200))
def test_any_glob(pattern: str, path: str) -> None:
    assert path_fits(path, pattern) in (True, False)
