from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bedplate.flows.file_facts import file_facts
from bedplate.linting.settings import LintSettings


@pytest.fixture(name="session")
def fixture_session(linter: Any) -> Any:
    """A session that asks nobody."""
    return replace(linter.session, offline=True)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("FROM openjdk:99\nFROM openjdk:99\n", [1, 2]),
        ("# bedplate: ignore=deprecated-image legacy\nFROM openjdk:99\nFROM openjdk:99\n", [3]),
        ("FROM openjdk:99\n# bedplate: ignore-file=deprecated-image\n", []),
        ("# bedplate: ignore=stale-tag\nFROM openjdk:99\n", [2]),
        (
            "FROM a.example/a:1\n# bedplate: ignore=*\nRUN \\\n  --mount=from=openjdk:99 true\n",
            [],
        ),
    ],
)
def test_comments_hide_facts_rules(session: Any, text: str, lines: list[int]) -> None:
    violations, _ = file_facts({"Dockerfile": text}, session)
    assert [one.line for one in violations] == lines


def test_settings_choose_the_rules(session: Any) -> None:
    texts = {"Dockerfile": "FROM python:3.8\nFROM openjdk:99\n"}
    for config, rules in (
        (LintSettings(), ["end-of-life-base", "deprecated-image"]),
        (LintSettings(select=frozenset({"deprecated-image"})), ["deprecated-image"]),
        (LintSettings(ignore=frozenset({"deprecated-image"})), ["end-of-life-base"]),
    ):
        violations, _ = file_facts(texts, session, config)
        assert [one.rule for one in violations] == rules


def test_several_kinds_of_files(session: Any) -> None:
    texts = {
        "compose.yaml": "services:\n  a:\n    image: openjdk:99\n",
        "Dockerfile": "ARG BASE\nFROM $BASE\n",
        "sub/Dockerfile": "FROM a\nRUN <<EOF\n",
    }
    violations, skipped = file_facts(texts, session)
    assert [one.path for one in violations] == ["compose.yaml"]
    assert any(one.what.startswith("Dockerfile: $BASE") for one in skipped)
    assert any(one.what == "sub/Dockerfile" for one in skipped)
