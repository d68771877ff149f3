"""Hidden markers: whatever goes in comes out, and nothing gets out of its comment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.forges.markers import MAX_STATE, read_marker, without_markers, write_marker

VALUES = st.one_of(
    st.text(max_size=50), st.integers(-(2**60), 2**60), st.booleans(), st.lists(st.text(max_size=9))
)
STATES = st.dictionaries(st.text(max_size=20), VALUES, max_size=8)


@given(STATES, st.text(), st.text())
def test_a_state_is_found_again(state: dict[str, str], before: str, after: str) -> None:
    marker = write_marker("update", state)
    assert read_marker(f"{before}\n{marker}\n{after}", "update") == state or "bedplate:" in before


@given(STATES)
def test_a_state_does_not_end_the_comment(state: dict[str, str]) -> None:
    marker = write_marker("update", state)
    inside = marker.removeprefix("<!-- ").removesuffix(" -->")
    assert "--" not in inside
    assert not {"<", ">", "\n"} & set(inside)
    assert without_markers(f"a{marker}b") == "ab"


@given(st.text())
def test_no_body_is_too_strange(body: str) -> None:
    read_marker(body, "update")
    read_marker(f"<!-- bedplate:update {body} -->", "update")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<!-- bedplate:update",
        "<!-- bedplate:update [] -->",
        "<!-- bedplate:update {nonsense -->",
        '<!-- bedplate:check {"a":1} -->',
        "<!-- bedplate:update " + "[" * 9_000 + " -->",
        "<!-- bedplate:update " * 50_000,
        '<!-- bedplate:update {"a":"' + "x" * MAX_STATE + '"} -->',
    ],
)
def test_what_is_no_marker_of_this_kind(body: str) -> None:
    assert read_marker(body, "update") is None


def test_the_first_sound_marker_counts() -> None:
    body = '<!-- bedplate:update {x -->\n<!-- bedplate:update {"a":1} -->\n'
    assert read_marker(body, "update") == {"a": 1}


def test_values_that_are_not_simple_are_left_out() -> None:
    assert read_marker('<!-- bedplate:u {"a":{"b":1},"c":[1],"d":null,"e":"f"} -->', "u") == {
        "e": "f"
    }


@pytest.mark.parametrize("kind", ["", "Update", "up date", "-->", "x" * 41])
def test_kinds_are_words(kind: str) -> None:
    with pytest.raises(ValueError, match="no marker"):
        write_marker(kind, {})


def test_a_state_has_a_bound() -> None:
    with pytest.raises(ValueError, match="no marker"):
        write_marker("update", {"a": "x" * MAX_STATE})
