from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidPlatform
from bedplate.model.platform import Platform


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("linux/amd64", "linux/amd64"),
        ("linux/x86_64", "linux/amd64"),
        ("linux/amd64/v1", "linux/amd64"),
        ("linux/amd64/v3", "linux/amd64/v3"),
        ("linux/arm64/v8", "linux/arm64"),
        ("Linux/AArch64", "linux/arm64"),
        ("linux/arm", "linux/arm/v7"),
        ("linux/arm/6", "linux/arm/v6"),
        ("linux/armhf", "linux/arm/v7"),
        ("linux/armel", "linux/arm/v6"),
        ("linux/i386", "linux/386"),
        ("linux/ppc64el", "linux/ppc64le"),
        ("macos/arm64", "darwin/arm64"),
        ("windows(10.0.20348)/amd64", "windows(10.0.20348)/amd64"),
        ("arm64", "linux/arm64"),
        ("s390x", "linux/s390x"),
    ],
)
def test_platforms_are_read_into_one_spelling(text: str, normal: str) -> None:
    platform = Platform.parse(text)
    assert str(platform) == normal
    assert Platform.parse(str(platform)) == platform


@pytest.mark.parametrize(
    "text", ["", "linux", "linux/", "/amd64", "linux/amd64/v2/x", "linux/am d64", "a" * 300, "é/x"]
)
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(InvalidPlatform, match="platform"):
        Platform.parse(text)


def test_spellings_of_one_platform_match() -> None:
    wanted = Platform.parse("linux/arm64")
    assert wanted.matches(Platform("linux", "arm64", "v8"))
    assert not wanted.matches(Platform("linux", "arm", "v8"))
    assert not wanted.matches(Platform("windows", "arm64"))


def test_a_windows_build_matches_when_asked_for() -> None:
    offered = Platform("windows", "amd64", os_version="10.0.20348.2340")
    assert Platform.parse("windows/amd64").matches(offered)
    assert Platform.parse("windows(10.0.20348)/amd64").matches(offered)
    assert not Platform.parse("windows(10.0.203)/amd64").matches(offered)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("linux/arm/v7", ["linux/arm/v7", "linux/arm/v6", "linux/arm/v5"]),
        ("linux/amd64", ["linux/amd64", "linux/386"]),
        ("linux/amd64/v3", ["linux/amd64/v3", "linux/amd64/v2", "linux/amd64", "linux/386"]),
        ("linux/s390x", ["linux/s390x"]),
    ],
)
def test_what_a_platform_runs_best_first(text: str, runs: list[str]) -> None:
    assert [str(one) for one in Platform.parse(text).compatible()] == runs


def test_arm64_runs_older_arm64_and_then_32_bit_arm() -> None:
    runs = [str(one) for one in Platform.parse("linux/arm64/v9.1").compatible()]
    assert runs[:3] == ["linux/arm64/v9.1", "linux/arm64/v9", "linux/arm64/v8.6"]
    assert runs.index("linux/arm64") < runs.index("linux/arm/v8") < runs.index("linux/arm/v7")


@given(st.text(max_size=30) | st.text("linuxarmv8./()", max_size=20))
def test_any_text_is_a_platform_or_refused(text: str) -> None:
    try:
        platform = Platform.parse(text)
    except InvalidPlatform:
        pass
    else:
        assert platform.normalized() == platform
        assert next(iter(platform.compatible())) == platform
        assert len(list(platform.compatible())) < 400
