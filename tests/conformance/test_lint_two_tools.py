"""Lint of whole files: all that hadolint and BuildKit report, for rules that have a twin here.

Codes without a twin, as those of ShellCheck, are not scored, nor are files that hadolint or
bedplate can't parse.
"""

from __future__ import annotations

import re
from typing import Any

from bedplate.errors import BedplateError
from bedplate.linting import lint
from bedplate.linting.rules import RULES

KIND = "verified"
KINDS: frozenset[str] = frozenset()
_TWINS = frozenset(twin for rule in RULES for twin in rule.TWINS)
_BUILDKIT = re.compile(r"[A-Z]+[a-z]\w+")

Lines = dict[str, set[int]]


def _scored(reported: dict[str, list[int]]) -> Lines:
    return {code: set(lines) for code, lines in reported.items() if code in _TWINS}


def test_file_gets_what_both_tools_report(row: dict[str, Any]) -> None:
    expected = row["expect"]
    wanted: Lines = {}
    if "parse_error" not in expected["hadolint"]:
        wanted |= _scored(expected["hadolint"])
    wanted |= _scored(expected.get("buildkit") or {})
    try:
        violations = lint(row["dockerfile"])
    except BedplateError:
        assert not expected.get("buildkit") or expected.get("buildkit_error")
        return
    found: Lines = {}
    for one in violations:
        for twin in one.twins:
            if _is_scored(twin, one.line, expected):
                found.setdefault(twin, set()).add(one.line)
    assert found == wanted


def _is_scored(twin: str, line: int, expected: dict[str, Any]) -> bool:
    """Tell whether a report counts; where BuildKit stopped at an error, only what it got to."""
    if _BUILDKIT.fullmatch(twin):
        reported = (expected.get("buildkit") or {}).get(twin, ())
        return not expected.get("buildkit_error") or line in reported
    return twin.startswith("DL") and "parse_error" not in expected["hadolint"]
