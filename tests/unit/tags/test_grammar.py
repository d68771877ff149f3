"""What the words and numbers of a tag are taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.tags import parse
from bedplate.tags.shape_pattern import shape_pattern

TAGS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,60}", fullmatch=True)
WORDS = ("alpine3.18", "alpine", "slim", "bookworm", "rc1", "ea", "20240131", "g0a1b2c3", "v2.1")
WORDS += ("8u422", "b05", "1.2.3", "3.14.0rc2", "7", "amd64", "x86_64", "ltsc2022", "nanoserver")
WORDS += ("0a1b2c3", "2024-01-31", "2024-01-31T10-20-30Z", "php8.1", "1.0.Final", "")
LIKELY = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).flatmap(
    lambda words: st.sampled_from("-_").map(lambda separator: separator.join(words))
)


@pytest.mark.parametrize(
    ("tag", "shape", "version", "build"),
    [
        ("20.11.1", "{version}", (20, 11, 1), ()),
        ("v1.2", "v{version}", (1, 2), ()),
        ("20.11.1-alpine3.18", "{version}-alpine{release}", (20, 11, 1), ()),
        ("3.12-slim-bookworm", "{version}-slim-{debian}", (3, 12), ()),
        ("17.0.2_8-jre-alpine-3.21", "{version}_{build}-jre-alpine-{release}", (17, 0, 2), (8,)),
        ("8u422-b05-jre-jammy", "{update}-b{build}-jre-{ubuntu}", (8, 422), (5,)),
        ("9.4-1227.1726694542", "{version}-{build}", (9, 4), (1227, 1726694542)),
        ("v3.9.0-177-ged5bcde", "v{version}-{build}-{commit}", (3, 9, 0), (177,)),
        ("bookworm-20241202-slim", "{debian}-{date8}-slim", (), (20241202,)),
        ("noble-20260210.1", "{ubuntu}-{date8}", (), (20260210, 1)),
        ("20240923", "{date8}", (), (20240923,)),
        ("RELEASE.2024-01-31T10-20-30Z", "RELEASE.{time}", (), (20240131102030,)),
        ("nightly-2024-01-31", "nightly-{day}", (), (20240131,)),
        ("master-6274", "master-{build}", (), (6274,)),
        ("jdk-11.0.2.9-slim", "jdk-{version}-slim", (11, 0, 2, 9), ()),
        ("alpine-2.3.0", "alpine-{version}", (2, 3, 0), ()),
        ("16.1.0-debian-12-r3", "{version}-debian-{release}-r{build}", (16, 1, 0), (3,)),
        ("1.0.5-sdk-1.0.4", "{version}-sdk-1.0.4", (1, 0, 5), ()),
        ("26.1.3.Final-jdk17", "{version}.Final-jdk17", (26, 1, 3), ()),
        ("python3.9-slim", "python{version}-slim", (3, 9), ()),
        ("6.4-php8.1-fpm", "{version}-php8.1-fpm", (6, 4), ()),
        (
            "12.2.0-cudnn8-devel-ubuntu22.04",
            "{version}-cudnn8-devel-ubuntu{release}",
            (12, 2, 0),
            (),
        ),
        ("1.2-0a1b2c3", "{version}-0a1b2c3", (1, 2), ()),
        ("latest", "latest", (), ()),
    ],
)
def test_numbers_that_move_are_taken_out_of_the_shape(
    tag: str, shape: str, version: tuple[int, ...], build: tuple[int, ...]
) -> None:
    read = parse("repository", tag)
    assert (read.shape, read.version, read.build) == (shape, version, build)


@pytest.mark.parametrize(
    ("tag", "distro", "release"),
    [
        ("20-alpine3.18", "alpine", "3.18"),
        ("20-alpine", "alpine", ""),
        ("20-bookworm", "debian", "12"),
        ("noble", "ubuntu", "24.04"),
        ("9-ubi9", "ubi", "9"),
        ("8.0-windowsservercore-ltsc2022", "windowsservercore", "ltsc2022"),
        ("1.0-nanoserver-10.0.14393.1770", "nanoserver", "10.0.14393.1770"),
        ("20-slim", "", ""),
    ],
)
def test_a_distribution_has_its_release_whether_by_name_or_number(
    tag: str, distro: str, release: str
) -> None:
    read = parse("repository", tag)
    assert (read.distro, read.release) == (distro, release)


@pytest.mark.parametrize(
    ("tag", "label", "attached"),
    [
        ("3.14.0rc1-slim", "rc1", True),
        ("1.0.0.dev0", ".dev0", True),
        ("v1.3.0-rc.0", "-rc.0", False),
        ("22-ea-7", "-ea", False),
        ("10.1.0-M17-jdk17", "-M17", False),
        ("9.0-minimal-beta1", "-beta1", False),
        ("3.14.0-slim", "", False),
        ("1.2-dev", "", False),
        ("1.1.1b", "", False),
        ("rc-buggy", "", False),
    ],
)
def test_a_pre_release_is_told_from_a_variant(tag: str, label: str, attached: bool) -> None:  # noqa: FBT001
    read = parse("repository", tag)
    assert (read.label, read.label_attached) == (label, attached)


def test_words_platform_and_commit_are_kept_as_written() -> None:
    read = parse("repository", "7.2-fpm-alpine3.9-zts-arm64v8-0a1b2c3")
    assert read.words == ("fpm", "zts")
    assert (read.platform, read.commit) == ("arm64v8", "0a1b2c3")
    assert parse("repository", "x86_64-jdk-11.28").platform == "x86_64"


@pytest.mark.parametrize(
    ("tag", "floats"),
    [("latest", True), ("bookworm-slim", True), ("20", False), ("20240923", False)],
)
def test_a_tag_without_any_number_of_its_own_floats(tag: str, floats: bool) -> None:  # noqa: FBT001
    assert parse("repository", tag).floating is floats


def test_a_tag_longer_than_the_specification_allows_is_one_word() -> None:
    read = parse("repository", f"1.2.3-{'a' * 200}")
    assert read.version == ()
    assert read.words == (read.text,)


@given(st.one_of(TAGS, LIKELY, st.text(max_size=150)))
def test_any_text_is_read(text: str) -> None:
    read = parse("repository", text)
    assert read.text == text
    assert len(read.precision) == 3


@given(st.one_of(TAGS, LIKELY))
def test_the_pattern_of_a_shape_lets_its_own_tags_pass(tag: str) -> None:
    assert shape_pattern(parse("repository", tag).shape).fullmatch(tag)
