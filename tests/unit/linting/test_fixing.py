from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BedplateError, InvalidDocument
from bedplate.linting import lint
from bedplate.linting.baseline import read_baseline, unknown, write_baseline
from bedplate.linting.fixing import apply_fixes


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("FROM debian:12 AS base\n", "FROM debian:12 AS base\n"),
        ("FROM debian:12 as base\n", "FROM debian:12 AS base\n"),
        ("FROM debian:12 AS Base\n", "FROM debian:12 AS base\n"),
        ("FROM debian:12\nrun make\nUSER 5\n", "FROM debian:12\nRUN make\nUSER 5\n"),
        ("FROM --platform=$TARGETPLATFORM debian:12\n", "FROM debian:12\n"),
        ("FROM debian:12\r\nEXPOSE 80/TCP\r\n", "FROM debian:12\r\nEXPOSE 80/tcp\r\n"),
    ],
)
def test_safe_fixes_change_their_place_alone(before: str, after: str) -> None:
    assert apply_fixes(before, lint(before)) == after


def test_unsafe_fixes_are_applied_only_when_asked() -> None:
    before = "FROM debian:12\nRUN apt-get install -y curl=1\n"
    assert apply_fixes(before, lint(before)) == before
    fixed = apply_fixes(before, lint(before), unsafe=True)
    assert "install --no-install-recommends -y curl=1" in fixed


_LINES = st.sampled_from(
    ["FROM a as B\n", "from a:1\n", "run x\n", "RUN apt-get install c\n", "EXPOSE 1/TCP\n", "#\n"]
)


@given(st.lists(_LINES, max_size=8).map("".join))
def test_a_repaired_text_has_nothing_left_to_repair(text: str) -> None:
    try:
        fixed = text
        for _ in range(8):
            fixed = apply_fixes(fixed, lint(fixed), unsafe=True)
        assert apply_fixes(fixed, lint(fixed), unsafe=True) == fixed
    except BedplateError:
        return


@given(st.text(max_size=80))
def test_any_text_is_linted_or_refused(text: str) -> None:
    try:
        found = lint(text)
    except BedplateError:
        return
    assert all(0 <= one.span.start <= one.span.end <= len(text) for one in found)


def test_a_baseline_hides_what_was_there_and_nothing_else() -> None:
    text = "FROM debian\nRUN sudo a\n"
    found = lint(text)
    known = read_baseline(write_baseline(found, {"Dockerfile": text}), "base.json")
    assert unknown(found, {"Dockerfile": text}, known) == []
    moved = f"# a comment\n{text}RUN sudo b\n"
    fresh = unknown(lint(moved), {"Dockerfile": moved}, known)
    assert {one.line for one in fresh} == {4}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1, "violations": {"a": "b"}}'])
def test_a_baseline_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument, match=r"base\.json"):
        read_baseline(text, "base.json")
