from __future__ import annotations

from typing import Any

import pytest

from bedplate.errors import InvalidConfiguration
from bedplate.linting.fact_settings import FactSettings, read_fact_settings
from bedplate.model.platform import Platform


def test_everything_can_be_set() -> None:
    table = {"platforms": ["linux/arm64/v8", "amd64"], "stale-months": 6, "end-of-life-days": 30}
    platforms = (Platform("linux", "arm64"), Platform("linux", "amd64"))
    assert read_fact_settings(table) == FactSettings(platforms, 6, 30)
    assert read_fact_settings({}) == FactSettings()


@pytest.mark.parametrize(
    ("table", "word"),
    [
        ({"months": 3}, "unknown key lint.facts.months"),
        ({"platforms": "linux/amd64"}, "list of texts"),
        ({"platforms": ["x/y/z/w"]}, "lint.facts.platforms"),
        ({"stale-months": 0}, "stale-months"),
        ({"stale-months": True}, "stale-months"),
        ({"end-of-life-days": "90"}, "end-of-life-days"),
        ({"end-of-life-days": 10**9}, "end-of-life-days"),
    ],
)
def test_what_can_not_be_meant_is_refused(table: dict[str, Any], word: str) -> None:
    with pytest.raises(InvalidConfiguration, match=word):
        read_fact_settings(table)
