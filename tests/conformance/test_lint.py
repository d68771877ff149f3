"""Lint rules: whether the rule with a peer's code reports it, and on which lines."""

from __future__ import annotations

from typing import Any

import pytest

from bedplate.errors import BedplateError
from bedplate.linting import LintSettings, lint, rule_id
from bedplate.linting.label_settings import LabelSettings
from bedplate.linting.rules import RULES

KIND = "linter"
KINDS: frozenset[str] = frozenset()
_TWINS = frozenset(twin for rule in RULES for twin in rule.TWINS)
_OPT_IN = frozenset(rule_id(rule) for rule in RULES if getattr(rule, "OPT_IN", False))


def _settings(config: dict[str, Any]) -> LintSettings:
    attributes = config.get("frontend_attrs", {})
    schema = config.get("label-schema", {})
    return LintSettings(
        enable=_OPT_IN,
        labels=LabelSettings(tuple(schema.items()), strict=config.get("strict-labels", False)),
        trusted_registries=tuple(config.get("trustedRegistries", ())),
        check=attributes.get("build-arg:BUILDKIT_DOCKERFILE_CHECK"),
    )


def is_run(row: dict[str, Any]) -> bool:
    """Leave out rules of the groups `shell` and `other` that have no twin here yet."""
    return row["rule"] in _TWINS or row["group"] not in ("shell", "other")


def test_rule_fires_as_its_twin(row: dict[str, Any]) -> None:
    expected = row["expect"]
    if expected["fires"] and row["rule"] not in _TWINS:
        pytest.fail(f"no rule has the twin {row['rule']}")
    try:
        found = lint(row["dockerfile"], config=_settings(row.get("config") or {}))
    except BedplateError:
        found = []
    lines = sorted({one.line for one in found if row["rule"] in one.twins})
    assert bool(lines) == expected["fires"], lines
    if expected.get("lines"):
        assert lines == sorted(set(expected["lines"]))
