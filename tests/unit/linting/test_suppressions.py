from __future__ import annotations

import pytest

from bedplate.errors import InvalidConfiguration
from bedplate.linting import LintSettings, lint, read_settings


def rules(text: str, **settings: object) -> set[str]:
    return {one.rule for one in lint(text, config=LintSettings(**settings))}


@pytest.mark.parametrize(
    "comment",
    [
        "# bedplate: ignore=untagged-base we build on what is there",
        "# bedplate: ignore=latest-base,untagged-base",
        "# bedplate: ignore=*",
        "# bedplate: ignore=DL3006",
        "# hadolint ignore=DL3006",
        "#hadolint ignore = DL3007 , DL3006",
    ],
)
def test_a_comment_above_hides_the_violation(comment: str) -> None:
    assert "untagged-base" not in rules(f"{comment}\nFROM debian\n")


@pytest.mark.parametrize(
    "text",
    [
        "# bedplate: ignore=latest-base\nFROM debian\n",
        "# hadolint ignore=DL3006 with words behind\nFROM debian\n",
        "# hadolint ignore=DL3006\n# more\nFROM debian\n",
        "# hadolint ignore=DL3006\n\nFROM debian\n",
        "# hadolint ignore=DL3006\nARG A=1\nFROM debian\n",
    ],
)
def test_other_comments_do_not(text: str) -> None:
    assert "untagged-base" in rules(text)


@pytest.mark.parametrize(
    "comment",
    ["# hadolint global ignore=DL3006", "# bedplate: ignore-file=untagged-base legacy"],
)
def test_a_comment_for_the_file_counts_anywhere(comment: str) -> None:
    assert "untagged-base" not in rules(f"FROM debian\nFROM busybox\n{comment}\n")


def test_the_check_directive_skips_by_buildkits_name() -> None:
    text = "FROM scratch as a\ncopy b /b\n"
    assert {"from-as-casing", "inconsistent-keyword-casing"} <= rules(text)
    assert "from-as-casing" not in rules(f"# check=skip=FromAsCasing\n{text}")
    assert "inconsistent-keyword-casing" in rules(f"# check=skip=FromAsCasing\n{text}")
    assert not {"from-as-casing", "inconsistent-keyword-casing"} & rules(f"#check=skip=all\n{text}")


def test_check_skip_counts_above_an_instruction_too() -> None:
    text = "FROM scratch\n# check=skip=MaintainerDeprecated\nMAINTAINER me\n"
    assert "maintainer" not in rules(text)


def test_settings_choose_rules_by_name_or_twin() -> None:
    text = "FROM debian\nUSER root\n"
    assert "untagged-base" not in rules(text, ignore=frozenset({"untagged-base"}))
    assert rules(text, select=frozenset({"DL3006"})) == {"untagged-base"}


def test_settings_are_checked() -> None:
    assert read_settings({"ignore": ["sudo"]}).ignore == {"sudo"}
    with pytest.raises(InvalidConfiguration, match=r"unknown key lint\.x"):
        read_settings({"x": []})
    with pytest.raises(InvalidConfiguration, match="not a list of texts"):
        read_settings({"ignore": [1]})


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# hadolint stage ignore=DL3011\nFROM a:1\nEXPOSE 80000\nFROM a:1\nEXPOSE 80000\n", [5]),
        ("# hadolint stage ignore=DL3011\n\nFROM a:1\nEXPOSE 80000\n", [4]),
        ("FROM a:1\n# hadolint stage ignore=DL3011\nEXPOSE 80000\n", [3]),
        ("# hadolint stage ignore=DL3006,DL3011\nFROM a:1\nUSER 5\nEXPOSE 80000\n", []),
    ],
)
def test_hadolint_pragmas_for_a_stage(text: str, lines: list[int]) -> None:
    assert [one.line for one in lint(text) if "DL3011" in one.twins] == lines
