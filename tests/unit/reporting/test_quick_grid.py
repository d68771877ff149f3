from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bedplate.reporting.drawing import draw
from bedplate.reporting.look import Look
from bedplate.reporting.quick_grid import Cell, QuickGrid, wrap

TEXT = st.text(alphabet="ab -é漢字", max_size=60)


@given(TEXT, st.integers(2, 30))
def test_lines_fit_and_nothing_but_blanks_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_columns_shrink_only_as_far_as_the_room_asks(width: int) -> None:
    rows = [[Cell("CVE-1", "bold"), Cell("name " * 20), Cell("漢字" * 10), Cell("9")]]
    grid = QuickGrid(("id", "component", "fix", "n"), rows, flexible=(1, 2), right=3)
    lines = draw([grid], Look(width)).splitlines()
    assert max(cell_len(line) for line in lines) <= width
    assert max(cell_len(line) for line in lines) >= width - 12
    small = QuickGrid(("a", "b"), [[Cell("x"), Cell("y")]], flexible=(0, 1))
    assert draw([small], Look(width)).splitlines() == ["  a  b", "  x  y"]
