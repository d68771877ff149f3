"""Which tags may be the exact name of a floating one, and in which order they are asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.updating.exact_tags import candidates

NODE = (
    *("20", "20-alpine", "20-alpine3.22", "20-alpine3.23", "20-slim", "20.20-alpine3.23"),
    *("20.20.2", "20.20.2-alpine", "20.20.2-alpine3.23", "20.20.2-alpine3.22", "20.20.2-slim"),
    *("20.9.0-alpine3.18", "200.1.0-alpine", "22.1.0-alpine", "latest", "alpine", "26.5.0"),
)
DEBIAN = ("bookworm-slim", "bookworm-20260803-slim", "bookworm-20260720-slim", "trixie-slim")


@pytest.mark.parametrize(
    ("tag", "tags", "first"),
    [
        ("20-alpine", NODE, ["20.20.2-alpine3.23", "20.20.2-alpine3.22", "20.20.2-alpine"]),
        ("20", NODE, ["20.20.2"]),
        ("latest", NODE, ["26.5.0", "20.20.2", "20"]),
        ("20-alpine3.23", NODE, ["20.20.2-alpine3.23", "20.20-alpine3.23"]),
        ("bookworm-slim", DEBIAN, ["bookworm-20260803-slim", "bookworm-20260720-slim"]),
        ("3", ("v3.1.0", "3.1", "3.10"), ["3.10", "v3.1.0", "3.1"]),
        ("21-jre", ("21.0.9_8-jre", "21-jre-alpine"), ["21.0.9_8-jre"]),
    ],
)
def test_the_newest_and_most_telling_is_asked_first(
    tag: str, tags: tuple[str, ...], first: list[str]
) -> None:
    assert candidates(tag, tags)[: len(first)] == first


@pytest.mark.parametrize(
    ("tag", "other"),
    [
        ("20-alpine", "20.1.0-slim"),
        ("20-alpine", "20.1.0"),
        ("20", "200.1.0"),
        ("20", "20.1.0-rc1"),
        ("20.20.2-alpine3.23", "20.20-alpine3.23"),
        ("20-alpine3.2", "20.1.0-alpine3.22"),
        ("jre", "21.0.9-jdk"),
        ("bookworm-20260720", "bookworm-20260803"),
    ],
)
def test_tags_that_say_something_else_are_not_asked(tag: str, other: str) -> None:
    assert candidates(tag, [other]) == []


@given(st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,40}", fullmatch=True), st.lists(st.text()))
def test_any_tags_are_ordered_without_the_tag_itself(tag: str, others: list[str]) -> None:
    found = candidates(tag, [tag, *others])
    assert tag not in found
    assert set(found) <= set(others)
    assert sorted(candidates(tag, reversed(others))) == sorted(found)
