"""Which of two tags is newer, and what moves between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.model.tag_choice import Axis
from bedplate.tags import axes_between, compare, families, parse
from bedplate.tags.ordering import sort_key

TAGS = st.from_regex(r"[0-9]{1,2}(\.[0-9]{1,2}){0,3}(rc[0-9]|-beta)?(_[0-9])?", fullmatch=True)


@pytest.mark.parametrize(
    "ascending",
    [
        ("3.9.0", "3.10.0", "3.10.1", "3.10"),
        ("1.0.0a1", "1.0.0b1", "1.0.0b2", "1.0.0rc1", "1.0.0"),
        ("1.0.0-alpha", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0"),
        ("11.0.16_8", "11.0.16.1_1", "17.0.1_12", "17.0.2_8"),
        ("8u392", "8u402", "11.0.1"),
        ("20-alpine3.9", "20-alpine3.18", "20-alpine3.21"),
        ("20-buster", "20-bullseye", "20-bookworm", "20-trixie"),
        ("jammy-20240111", "jammy-20240111.1", "jammy-20240212"),
        ("1-nanoserver-1809", "1-nanoserver-ltsc2022", "1-nanoserver-ltsc2025"),
        ("9.4-923.1669829893", "9.4-1049"),
        ("xenial", "bionic", "jammy", "noble", "resolute"),
    ],
)
def test_tags_are_ordered_by_what_they_name(ascending: tuple[str, ...]) -> None:
    for older, newer in pairwise(parse("repository", tag) for tag in ascending):
        assert compare(older, newer) == -1
        assert compare(newer, older) == 1


@given(TAGS, TAGS, TAGS)
def test_the_order_is_total(first: str, second: str, third: str) -> None:
    tags = sorted((parse("repository", tag) for tag in (first, second, third)), key=sort_key)
    assert compare(tags[0], tags[1]) <= 0
    assert compare(tags[1], tags[2]) <= 0
    assert compare(tags[0], tags[2]) <= 0


@pytest.mark.parametrize(
    ("first", "second", "axes"),
    [
        ("20.1.0", "20.1.0", (Axis.DIGEST,)),
        ("20.1.0", "20.1.1", (Axis.PATCH,)),
        ("17.0.2_8", "17.0.2_9", (Axis.PATCH,)),
        ("jammy-20240111", "jammy-20240212", (Axis.PATCH,)),
        ("3.14.0rc1", "3.14.0rc2", (Axis.PATCH,)),
        ("20.1.0", "20.2.0", (Axis.MINOR,)),
        ("20", "22", (Axis.MAJOR,)),
        ("20-alpine3.18", "20-alpine3.20", (Axis.DISTRO,)),
        ("20.1-bookworm", "20.2-trixie", (Axis.DISTRO, Axis.MINOR)),
        ("20-slim", "22", (Axis.VARIANT, Axis.MAJOR)),
        ("20-alpine", "20-bookworm", (Axis.VARIANT, Axis.DISTRO)),
        ("20-amd64", "20-arm64", (Axis.VARIANT,)),
    ],
)
def test_axes_name_what_moves(first: str, second: str, axes: tuple[Axis, ...]) -> None:
    assert axes_between(parse("repository", first), parse("repository", second)) == axes


def test_a_family_is_what_differs_in_version_alone() -> None:
    tags = ("20.10.0-alpine3.20", "20.2.0-alpine3.20", "20.2-alpine3.20", "20.2.0-alpine3.21")
    found = families("node", (*tags, "20.2.0-slim", "20.2.0rc1-alpine3.20"))
    assert sorted(tuple(tag.text for tag in group) for group in found.values()) == [
        ("20.2-alpine3.20",),
        ("20.2.0-alpine3.21",),
        ("20.2.0-slim",),
        ("20.2.0rc1-alpine3.20", "20.2.0-alpine3.20", "20.10.0-alpine3.20"),
    ]
