from __future__ import annotations

from typing import Any

import pytest

from bedplate.errors import InvalidConfiguration
from bedplate.linting import lint
from bedplate.linting.rules import label_schema
from bedplate.linting.settings import read_settings


def found(text: str, *, strict: bool = False, **schema: str) -> list[tuple[int, tuple[str, ...]]]:
    settings = read_settings({"labels": {"schema": schema, "strict": strict}})
    violations = lint(text, rules=[label_schema], config=settings)
    return [(one.line, one.twins) for one in violations]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("url", ["http://a.b", "mailto:a@b", "git+https://a/b?c#d"], ["a.b", "/a", '"http://a b"']),
        ("rfc3339", ["2021-03-10T10:26:33.5+01:00"], ["2021-03-10", "2021-13-10T10:26:33Z", "$x"]),
        ("spdx", ["MIT", '"MIT OR Apache-2.0"', "GPL-3.0-only"], ["mit", "not", "GPL-3.0"]),
        ("hash", ["2dbfae9", "1" * 40], ["2dbfae", "2DBFAE9", "1" * 12]),
        ("semver", ["1.2.3", "1.2.3-rc.1+b"], ["1.2", "v1.2.3", "1.2.3.4"]),
        ("email", ["a.b+c@d.ef"], ["a", "a@@b.c", '"A <a@b.c>"']),
        ("text", ["x", "' '"], []),
    ],
)
def test_values_are_of_their_kind(kind: str, good: list[str], bad: list[str]) -> None:
    for value in good:
        assert found(f"LABEL x={value}\n", x=kind) == [], value
    for value in bad:
        [(line, twins)] = found(f"LABEL x={value}\n", x=kind)
        assert (line, len(twins)) == (1, 1), value


def test_labels_are_there_by_the_stage_or_its_kin() -> None:
    missing = [(1, ("DL3049",))]
    assert found("FROM a:1\n", x="text") == missing
    assert found("FROM a:1\nLABEL x=1\n", x="text") == []
    assert found("FROM a:1 AS a\nLABEL x=1\nFROM a\n", x="text") == []
    assert found("FROM a:1 AS a\nFROM a\nLABEL x=1\n", x="text") == []
    assert found("FROM a:1\nFROM b:1\nLABEL x=1\n", x="text") == missing


def test_empty_and_strange_labels() -> None:
    assert found('LABEL x=""\n', x="text") == [(1, ("DL3051",))]
    assert found("LABEL y=1\n", x="text") == []
    assert found("LABEL y=1 z=2\n", strict=True, x="text") == [(1, ("DL3050",))]


@pytest.mark.parametrize(
    "table",
    [
        [],
        {"schemas": {}},
        {"schema": []},
        {"schema": {"x": "number"}},
        {"schema": {"x": 1}},
        {"strict": 1},
    ],
)
def test_settings_that_are_wrong(table: Any) -> None:
    with pytest.raises(InvalidConfiguration, match=r"lint\.labels"):
        read_settings({"labels": table})
