"""Which tag is taken, and why newer ones are not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidVersion
from bedplate.model.base_facts import EndOfLife
from bedplate.model.tag_choice import Axis, Refused
from bedplate.model.tag_policy import DEFAULT_AXES, Ended, TagPolicy
from bedplate.tags import axes_between, compare, newest, parse

NODE = (
    *("18.20.4-alpine3.19", "20.19.0-alpine3.20", "20.19.5-alpine3.21", "20.20.0-alpine3.20"),
    *("22.12.0-alpine3.20", "22.12.0-alpine3.21", "22.12.0-slim", "22.12-alpine3.21", "22"),
    *("23.4.0-alpine3.20", "24.0.0-rc.1-alpine3.20", "latest", "20240101", "0a1b2c3d"),
)
TODAY = date(2026, 3, 1)
ENDS = {
    ("nodejs", "18"): EndOfLife("nodejs", "Node.js 18", "18", "2025-04-30", lts=True),
    ("nodejs", "20"): EndOfLife("nodejs", "Node.js 20", "20", "2026-04-30", lts=True),
    ("nodejs", "22"): EndOfLife("nodejs", "Node.js 22", "22", "2027-04-30", lts=True),
    ("nodejs", "23"): EndOfLife("nodejs", "Node.js 23", "23", "2027-06-01", lts=False),
    ("nodejs", "24"): EndOfLife("nodejs", "Node.js 24", "24", "2028-04-30", lts=True),
    ("nodejs", "25"): EndOfLife("nodejs", "Node.js 25", "25", "2027-06-01", lts=False),
    ("alpine-linux", "3.20"): EndOfLife("alpine-linux", "Alpine 3.20", "3.20", "2026-09-01"),
    ("alpine-linux", "3.21"): EndOfLife("alpine-linux", "Alpine 3.21", "3.21", "2026-11-01"),
    ("debian", "11"): EndOfLife("debian", "Debian 11", "11", "2024-08-14"),
    ("debian", "12"): EndOfLife("debian", "Debian 12", "12", "2026-07-11"),
    ("debian", "13"): EndOfLife("debian", "Debian 13", "13", "2028-08-09"),
}


def ends(product: str, cycle: str) -> EndOfLife | None:
    return ENDS.get((product, cycle))


def policy(**values: Any) -> TagPolicy:
    return TagPolicy(ends=ends, today=TODAY, **values)


def chosen(current: str, tags: tuple[str, ...], **values: Any) -> str:
    return newest("node", current, tags, policy(**values)).chosen.text


def reasons(current: str, tags: tuple[str, ...], **values: Any) -> dict[str, Refused]:
    choice = newest("node", current, tags, policy(**values))
    return {one.tag: one.reason for one in choice.refused}


def test_the_newest_of_the_same_variant_distribution_and_precision_is_taken() -> None:
    choice = newest("node", "20.19.0-alpine3.20", NODE, policy())
    assert choice.chosen.text == "22.12.0-alpine3.20"
    assert choice.moves
    assert choice.axis is Axis.MAJOR


def test_every_newer_tag_that_was_refused_is_told_with_its_reason() -> None:
    assert reasons("20.19.0-alpine3.20", NODE) == {
        "24.0.0-rc.1-alpine3.20": Refused.PRERELEASE,
        "23.4.0-alpine3.20": Refused.SHORT_TERM,
        "22.12.0-alpine3.21": Refused.AXIS,
    }


@pytest.mark.parametrize(
    ("axes", "expected"),
    [
        ({Axis.PATCH}, "20.19.0-alpine3.20"),
        ({Axis.PATCH, Axis.MINOR}, "20.20.0-alpine3.20"),
        (DEFAULT_AXES, "22.12.0-alpine3.20"),
        ({Axis.PATCH, Axis.DISTRO}, "20.19.5-alpine3.21"),
        (DEFAULT_AXES | {Axis.DISTRO}, "22.12.0-alpine3.21"),
        ((), "20.19.0-alpine3.20"),
    ],
)
def test_axes_move_separately(axes: set[Axis], expected: str) -> None:
    found = chosen("20.19.0-alpine3.20", NODE, axes=frozenset(axes), ended=Ended.ALWAYS)
    assert found == expected


def test_the_distribution_moves_alone_when_only_it_may() -> None:
    tags = ("20-bullseye", "20-bookworm", "20-trixie", "20-forky", "22-trixie", "20-slim")
    only = frozenset((Axis.DISTRO,))
    assert chosen("20-bullseye", tags, axes=only, ended=Ended.ALWAYS) == "20-trixie"
    refused = reasons("20-bullseye", tags, axes=only, ended=Ended.ALWAYS)
    assert refused == {"22-trixie": Refused.AXIS, "20-forky": Refused.UNKNOWN_RELEASE}


def test_the_distribution_never_moves_back() -> None:
    tags = ("20.1.0-trixie", "20.2.0-bookworm")
    every = DEFAULT_AXES | {Axis.DISTRO}
    assert chosen("20.1.0-trixie", tags, axes=every, ended=Ended.ALWAYS) == "20.1.0-trixie"
    refused = reasons("20.1.0-trixie", tags, axes=every, ended=Ended.ALWAYS)
    assert refused == {"20.2.0-bookworm": Refused.DISTRO_DOWNGRADE}


@pytest.mark.parametrize(
    ("current", "tags", "expected"),
    [
        ("20", ("20.1", "20.1.1", "22", "22.1", "22.1.1"), "22"),
        ("20.1", ("20.1", "20.1.1", "22", "22.1", "22.1.1"), "22.1"),
        ("20-slim", ("22", "22-alpine", "22-slim", "22-slim-amd64"), "22-slim"),
        ("v20", ("22", "v22"), "v22"),
        ("20.1.0_8", ("20.1.0_9", "20.2.0"), "20.1.0_9"),
        ("latest", ("22", "stable"), "latest"),
        (
            "bookworm-20240101-slim",
            ("bookworm-20240201-slim", "trixie-20240301-slim"),
            "bookworm-20240201-slim",
        ),
        ("3.20", ("20240923", "3.21"), "3.21"),
        ("20.1-0a1b2c3", ("22.1-1b2c3d4", "22.1"), "20.1-0a1b2c3"),
    ],
)
def test_the_way_in_which_a_tag_is_written_is_kept(
    current: str, tags: tuple[str, ...], expected: str
) -> None:
    assert newest("repository", current, tags).chosen.text == expected


def test_other_precision_is_taken_when_asked() -> None:
    assert chosen("20.1", ("22.1.1",), keep_precision=False) == "22.1.1"
    assert reasons("20.1", ("22.1.1", "20.1.7")) == {"22.1.1": Refused.PRECISION}


@pytest.mark.parametrize(
    ("current", "tags", "expected"),
    [
        ("3.13.0", ("3.14.0rc1", "3.14.0-beta"), "3.13.0"),
        ("3.14.0rc1", ("3.14.0rc2", "3.15.0a1"), "3.14.0rc2"),
        ("3.14.0rc1", ("3.14.0rc2", "3.14.0"), "3.14.0"),
        ("3.14.0-rc.1", ("3.14.0-rc.2", "3.14.0", "3.15.0-rc.1"), "3.15.0-rc.1"),
        ("22-ea-7", ("22-ea-9", "22"), "22-ea-9"),
    ],
)
def test_pre_releases(current: str, tags: tuple[str, ...], expected: str) -> None:
    assert newest("repository", current, tags).chosen.text == expected


def test_pre_releases_are_followed_when_asked() -> None:
    asked = TagPolicy(prereleases=True)
    assert newest("repository", "3.13.0", ["3.14.0-rc.1"], asked).chosen.text == "3.14.0-rc.1"
    tags = ["3.14.0-rc.2", "3.14.0"]
    assert newest("repository", "3.14.0-rc.1", tags, asked).chosen.text == "3.14.0"


def test_releases_that_end_soon_are_refused_unless_asked() -> None:
    tags = ("20.20.0",)
    assert chosen("20.19.0", tags) == "20.19.0"
    assert reasons("20.19.0", tags) == {"20.20.0": Refused.END_OF_LIFE}
    assert chosen("20.19.0", tags, ended=Ended.ALWAYS) == "20.20.0"
    assert chosen("20.19.0", tags, margin=59) == "20.20.0"
    assert chosen("20.19.0", tags, margin=60) == "20.19.0"


def test_the_last_patches_of_a_release_are_taken_when_asked() -> None:
    tags = ("18.20.8-alpine3.20", "20.19.0-alpine3.20")
    assert chosen("18.20.4-alpine3.20", tags, ended=Ended.STAYING) == "18.20.8-alpine3.20"
    assert reasons("18.20.4-alpine3.20", tags, ended=Ended.STAYING) == {
        "20.19.0-alpine3.20": Refused.END_OF_LIFE
    }


def test_without_a_date_the_table_says_what_has_ended() -> None:
    over = EndOfLife("nodejs", "Node.js 20", "20", ended=True)
    judged = TagPolicy(ends=lambda _product, cycle: over if cycle == "20" else None)
    assert not newest("node", "20.1.0", ["20.2.0"], judged).moves


def test_short_term_releases_are_refused_from_long_term_ones() -> None:
    tags = ("23.4.0", "25.1.0")
    assert reasons("22.0.0", tags) == {
        "25.1.0": Refused.SHORT_TERM,
        "23.4.0": Refused.SHORT_TERM,
    }
    assert chosen("22.0.0", tags, short_term=True) == "25.1.0"
    assert chosen("23.4.0", tags) == "25.1.0"


@pytest.mark.parametrize(
    ("values", "expected", "reason"),
    [
        ({"deny": ("24.*",)}, "22.1.0", Refused.DENIED),
        ({"allow": ("22.*", "20.*")}, "22.1.0", Refused.NOT_ALLOWED),
        ({"within": "<24"}, "22.1.0", Refused.OUT_OF_RANGE),
        ({"within": ">=20.0, <23"}, "22.1.0", Refused.OUT_OF_RANGE),
        ({"within": "22.x"}, "22.1.0", Refused.OUT_OF_RANGE),
        ({"within": "20"}, "20.2.0", Refused.OUT_OF_RANGE),
    ],
)
def test_lists_and_ranges_bound_the_choice(
    values: dict[str, Any], expected: str, reason: Refused
) -> None:
    choice = newest("repository", "20.1.0", ["20.2.0", "22.1.0", "24.1.0"], TagPolicy(**values))
    assert choice.chosen.text == expected
    assert {one.reason for one in choice.refused} == {reason}


def test_a_bad_range_is_told_even_where_there_is_nothing_newer() -> None:
    with pytest.raises(InvalidVersion):
        newest("repository", "20.1.0", [], TagPolicy(within="newer, please"))


def test_a_code_name_of_node_names_its_release() -> None:
    tags = ("iron-alpine3.20", "iron-alpine3.21")
    only = frozenset((Axis.DISTRO,))
    assert reasons("iron-alpine3.20", tags, axes=only) == {
        "iron-alpine3.21": Refused.END_OF_LIFE,
    }


def test_a_hundred_refusals_are_listed_and_the_rest_counted() -> None:
    tags = [f"20.1.{number}rc1" for number in range(2, 500)]
    choice = newest("repository", "20.1.1", tags)
    assert not choice.moves
    assert choice.axes == (Axis.DIGEST,)
    assert (len(choice.refused), choice.more_refused) == (100, 398)
    assert choice.refused[0].tag == "20.1.499rc1"


def test_a_hundred_thousand_tags_are_read_no_more_than_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []

    def counting(repository: str, tag: str) -> object:
        read.append(tag)
        return parse(repository, tag)

    monkeypatch.setattr("bedplate.tags.choosing.parse", counting)
    tags = [f"1.{number // 1000}.{number % 1000}-alpine" for number in range(100_000)]
    assert newest("repository", "1.2.3-alpine", tags).chosen.text == "1.99.999-alpine"
    assert len(read) < 10


VERSIONS = st.from_regex(r"v?[0-9]{1,2}(\.[0-9]{1,2}){0,2}(rc[0-9])?", fullmatch=True)
ENDINGS = st.sampled_from(
    ["", "-slim", "-alpine", "-alpine3.20", "-alpine3.21", "-bookworm", "-trixie", "-rc.1", "_7"]
)
TAGS = st.builds("{}{}".format, VERSIONS, ENDINGS)


@given(TAGS, st.lists(TAGS, max_size=30))
def test_what_is_taken_is_newer_of_the_same_shape_and_moves_allowed_axes_only(
    current: str, tags: list[str]
) -> None:
    choice = newest("node", current, tags)
    if choice.moves:
        assert choice.chosen.text in tags
        assert compare(choice.chosen, choice.current) > 0
    assert choice.chosen.shape == choice.current.shape
    assert choice.chosen.precision == choice.current.precision
    assert set(axes_between(choice.current, choice.chosen)) <= DEFAULT_AXES
    assert newest("node", choice.chosen.text, tags).chosen == choice.chosen
    for one in choice.refused:
        assert compare(parse("node", one.tag), choice.current) > 0


@given(TAGS, st.lists(TAGS, max_size=20))
def test_the_order_of_the_list_does_not_matter(current: str, tags: list[str]) -> None:
    assert newest("node", current, tags) == newest("node", current, reversed(tags))
