"""Ranges as packaging systems write them, and intervals as advisories do."""

from __future__ import annotations

import pytest

from bedplate import versions
from bedplate.errors import InvalidVersion
from bedplate.model.version_range import VersionRange

INSIDE = [
    ("npm", "^1.2.3", "1.9.0"),
    ("npm", "^0.2.3", "0.2.9"),
    ("npm", "~1.2", "1.2.9"),
    ("npm", "1.x || >=3", "3.0.1"),
    ("npm", "1.2 - 2.3", "2.3.9"),
    ("npm", ">=1.2.3-beta.1", "1.2.3-beta.2"),
    ("npm", ">= 1.0.0, < 2.0.0", "1.5.0"),
    ("npm", "*", "7.0.0"),
    ("gem", "~> 1.4", "1.9"),
    ("gem", "~> 1.4.2", "1.4.10"),
    ("gem", ">= 1.0, != 1.3", "1.4"),
    ("gem", "~> 2.0.a", "2.0.b"),
    ("maven", "[1.0,2.0)", "1.9.9"),
    ("maven", "(,1.0],[1.2,)", "1.2"),
    ("maven", "[1.5]", "1.5.0"),
    ("maven", ">=1.0,<2.0", "1.0"),
    ("nuget", "1.0", "3.1"),
    ("nuget", "(1.0,2.0]", "2.0.0"),
    ("pep440", ">=1.0,!=1.3.*", "1.4"),
    ("pep440", "~=1.4", "1.9"),
    ("composer", ">=1.0,<1.5|>=2.0", "2.1.0"),
    ("deb", ">= 1.0-1, << 2", "1.5~rc1-1"),
    ("go", "< 1.21.0-0 || >= 1.22.0", "v1.22.3"),
    ("cargo", ">= 0.1, < 0.2", "0.1.9"),
]
OUTSIDE = [
    ("npm", "^1.2.3", "2.0.0-rc.1"),
    ("npm", "^0.0.3", "0.0.4"),
    ("npm", "<1.x", "1.0.0"),
    ("npm", ">1.2", "1.2.9"),
    ("npm", "1.x", "1.1.0-beta.1"),
    ("npm", "<*", "0.0.0"),
    ("gem", "~> 1.4", "2.0.pre"),
    ("gem", "~> 1.4.2", "1.5"),
    ("maven", "[1.0,2.0)", "2.0.0"),
    ("maven", "(1.0,2.0)", "1.0"),
    ("maven", "[1.5]", "1.6"),
    ("maven", "1.5", "1.6"),
    ("nuget", "1.0", "0.9"),
    ("pep440", ">=1.0,!=1.3.*", "1.3.2"),
    ("composer", ">=1.0,<1.5", "1.5.0"),
    ("rpm", "> 1.0", "1.0~rc1"),
]


@pytest.mark.parametrize(("scheme", "text", "version"), INSIDE)
def test_version_is_in_the_range(scheme: str, text: str, version: str) -> None:
    assert versions.in_range(scheme, version, text) is True


@pytest.mark.parametrize(("scheme", "text", "version"), OUTSIDE)
def test_version_is_not_in_the_range(scheme: str, text: str, version: str) -> None:
    assert versions.in_range(scheme, version, text) is False


@pytest.mark.parametrize(
    ("scheme", "text"),
    [
        ("npm", ">=one"),
        ("npm", "1.2.3.4"),
        ("gem", "=> 1"),
        ("maven", "[1.0,2.0"),
        ("maven", "(1.0)"),
        ("pep440", ">>1"),
        ("deb", "! 1"),
        ("deb", ">="),
    ],
)
def test_what_is_no_range_is_refused(scheme: str, text: str) -> None:
    with pytest.raises(InvalidVersion):
        versions.in_range(scheme, "1.0", text)


@pytest.mark.parametrize(
    ("scheme", "version"),
    [
        ("npm", "workspace"),
        ("composer", "dev-main"),
        ("pypi", "1.0-bulbasaur"),
        ("maven", "LATEST"),
    ],
)
def test_what_has_no_place_among_versions_is_neither_in_nor_out(scheme: str, version: str) -> None:
    text = "[1,2)" if scheme == "maven" else ">=1"
    assert versions.in_range(scheme, version, text) is None
    assert versions.affected(scheme, version, (VersionRange("0", fixed="2"),)) is None


@pytest.mark.parametrize(
    ("text", "version"), [("1.x", "1.1.0-beta.1"), ("^1.2", "1.2.0-0"), ("<2", "1.9.0-rc.1")]
)
def test_vulnerable_ranges_of_npm_hold_their_prereleases(text: str, version: str) -> None:
    assert versions.in_range("npm", version, text) is False
    assert versions.in_range("npm", version, text, prereleases=True) is True


def test_fixed_is_outside_and_last_affected_inside() -> None:
    until = (VersionRange("1.0", fixed="1.5"),)
    assert [
        versions.affected("semver", v, until) for v in ("0.9.0", "1.0.0", "1.5.0-rc.1", "1.5.0")
    ] == [False, True, True, False]
    through = (VersionRange("1.0", last_affected="1.5"),)
    assert versions.affected("semver", "1.5.0", through) is True
    assert versions.affected("semver", "1.5.1", through) is False


def test_zero_is_before_every_version() -> None:
    assert versions.affected("deb", "0~~", (VersionRange("0", fixed="1"),)) is True
    assert versions.affected("deb", "9:9", (VersionRange(),)) is True


def test_an_interval_whose_beginning_is_of_another_world_keeps_its_end() -> None:
    upside_down = (VersionRange("1.32.0", fixed="1.31.1-r20"),)
    assert versions.affected("apk", "1.30.0-r1", upside_down) is True
    assert versions.affected("apk", "1.31.1-r20", upside_down) is False
    assert versions.affected("apk", "1.33.0-r0", upside_down) is False


def test_what_can_not_be_parsed_is_unknown_and_only_where_it_matters() -> None:
    fixed = VersionRange("0", fixed="1.5")
    assert versions.affected("semver", "devel", (fixed,)) is None
    assert versions.affected("semver", "devel", (VersionRange(),)) is True
    assert versions.affected("semver", "devel", (), ("devel",)) is True
    assert versions.affected("semver", "devel", ()) is False
    assert versions.affected("semver", "1.0.0", (VersionRange("0", fixed="one"),)) is None
    assert versions.affected("semver", "1.0.0", (VersionRange("0", fixed="one"), fixed)) is True
    assert versions.affected("semver", "2.0.0", (VersionRange("one", fixed="1.5"),)) is False
    assert versions.affected("morse", "1", (fixed,)) is None


def test_single_versions_are_told_apart_by_order_not_by_text() -> None:
    assert versions.affected("pypi", "1.0", (), ("0.9", "1.0.0")) is True
    assert versions.affected("pypi", "1.0.1", (), ("0.9", "1.0.0")) is False
    assert versions.affected("npm", "1.0.1", (), ("one",)) is False
    assert versions.affected("npm", "workspace", (), ("1.0.1",)) is None


def _events(text: str) -> list[dict[str, str]]:
    words = text.split()
    return [{kind: version} for kind, version in zip(words[::2], words[1::2], strict=True)]


@pytest.mark.parametrize(
    ("events", "intervals"),
    [
        ("introduced 0 fixed 1.2", ["0 .. <1.2"]),
        ("introduced 0", ["0 .. "]),
        ("fixed 1.2", ["0 .. <1.2"]),
        ("fixed 2.1 introduced 2.0 fixed 1.10 introduced 1.9", ["1.9 .. <1.10", "2.0 .. <2.1"]),
        ("introduced 1 last_affected 1 introduced 3", ["1 .. 1", "3 .. "]),
        ("introduced 1 fixed 2 introduced 2 fixed 3", ["1 .. <2", "2 .. <3"]),
        ("introduced 1.32.0 fixed 1.31.1", ["1.32.0 .. <1.31.1"]),
        ("introduced 0 introduced 1 fixed 2 fixed 3", ["0 .. <2"]),
        ("introduced 0 limit 2", ["0 .. <2"]),
        ("introduced 0 fixed 1 introduced 3 limit 2", ["0 .. <1"]),
        ("introduced 0 fixed 3 limit 1 limit 2", ["0 .. <2"]),
        ("introduced 0 limit *", ["0 .. "]),
        ("introduced 1 fixed later introduced 3", ["1 .. <later", "3 .. "]),
        ("", []),
    ],
)
def test_events_enclose_intervals_in_the_order_of_versions(
    events: str, intervals: list[str]
) -> None:
    found = versions.from_events("semver", _events(events))
    assert [
        f"{i.introduced} .. {'<' + i.fixed if i.fixed else i.last_affected}" for i in found
    ] == intervals
