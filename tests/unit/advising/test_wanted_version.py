"""Which release cycle a version or a range asks for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.advising.wanted_version import chosen_cycle
from bedplate.model.needs import Evidence

TODAY = dt.date(2026, 11, 27)
NODE = ("26", "25", "24", "23", "22", "21", "20", "18")
PYTHON = ("3.14", "3.13", "3.12", "3.11", "3.10")
WHERE = Evidence("package.json")


@pytest.mark.parametrize(
    ("text", "cycle"),
    [
        ("20", "20"),
        ("v20.11.0", "20"),
        ("^20.1.0", "20"),
        ("~22.3", "22"),
        ("20.x", "20"),
        (">=18", "26"),  # the newest that is supported and long-term
        (">=18 <23", "22"),  # 20 is over
        ("18 || 20", "20"),
        ("<21", "20"),
    ],
)
def test_node(text: str, cycle: str) -> None:
    found = chosen_cycle(text, WHERE, "nodejs", NODE, TODAY)
    assert found is not None
    assert found.cycle == cycle


@pytest.mark.parametrize(
    ("text", "cycle"),
    [
        ("3.12", "3.12"),
        ("3.12.4", "3.12"),
        ("~=3.11", "3.14"),
        ("==3.11.*", "3.11"),
        (">=3.11,<3.13", "3.12"),
        ("^3.10", "3.14"),
        (">=3.10,!=3.14", "3.13"),
    ],
)
def test_python(text: str, cycle: str) -> None:
    found = chosen_cycle(text, WHERE, "python", PYTHON, TODAY)
    assert found is not None
    assert found.cycle == cycle


@pytest.mark.parametrize("text", ["", "latest", "lts/*", "99", "workspace:*"])
def test_what_names_no_cycle_says_nothing(text: str) -> None:
    assert chosen_cycle(text, WHERE, "nodejs", NODE, TODAY) is None


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    found = chosen_cycle(text, WHERE, "nodejs", NODE, TODAY)
    assert found is None or found.cycle in NODE
