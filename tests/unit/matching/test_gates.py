from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import InvalidConfiguration
from bedplate.matching.baseline import apply_baseline, read_baseline, write_baseline
from bedplate.matching.gate import parse_gate
from bedplate.matching.gates import judge, parse_grace
from bedplate.testing.sample_scan import sample_findings

TODAY = dt.date(2026, 1, 10)
FIXED = sample_findings()[0]  # critical by NVD, high by Debian, EPSS 0.42, KEV, fix 2025-09-30
UNFIXED = replace(FIXED, vulnerability="CVE-2025-0001", fixed=(), fix_date="", kev="", epss=None)
FINDINGS = (FIXED, UNFIXED)


def refused(gate: str, *, reading: str = "vendor", grace: str = "") -> int:
    """Count what a gate refuses, each finding by itself."""
    left = parse_grace(grace) if grace else None
    gates = [parse_gate(gate, has_baseline=True)]
    return sum(
        judge([one], gates, reading=reading, grace=left, today=TODAY).failed for one in FINDINGS
    )


@pytest.mark.parametrize(
    ("gate", "count"),
    [
        ("low", 2),
        ("high", 2),
        ("critical", 0),
        ("high,fixable", 1),
        (" HIGH , Fixable ", 1),
        ("kev", 1),
        ("epss>0.1", 1),
        ("epss > 0.42", 0),
        ("epss>=0.42", 1),
        ("cvss>=9.8,fixable", 1),
        ("base", 2),
        ("app", 0),
        ("any", 2),
        ("new,fixable", 1),
    ],
)
def test_conditions(gate: str, count: int) -> None:
    assert refused(gate) == count


def test_the_reading_decides_the_level() -> None:
    assert refused("critical", reading="cvss") == 2


def test_one_gate_of_several_is_enough_and_each_tells_its_reason() -> None:
    gates = [parse_gate(text) for text in ("app", "high", "kev")]
    verdict = judge(FINDINGS, gates, today=TODAY)
    assert verdict.failed
    assert len(verdict.reasons) == 2
    assert verdict.reasons[0].startswith("high: 2 findings: CVE-2025-9230 (high) in openssl ")
    assert not judge(FINDINGS, [], today=TODAY).failed


def test_grace_runs_from_the_day_of_the_fix() -> None:
    assert refused("high", grace="200d") == 0
    assert refused("high", grace="2w") == 1  # what has no fix waits for one
    undated = replace(FIXED, fix_date="")
    verdict = judge([undated], [parse_gate("high")], grace=parse_grace("9999d"), today=TODAY)
    assert verdict.failed


@pytest.mark.parametrize("text", ["", "7", "d", "-1d", "1y", "99999d", "٣d"])
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(InvalidConfiguration):
        parse_grace(text)


@pytest.mark.parametrize(
    "text",
    ["", ",", "high,", "hihg", "epss", "epss>2", "epss>-1", "epss<0.1", "cvss>11", "a" * 999],
)
def test_what_is_no_gate(text: str) -> None:
    with pytest.raises(InvalidConfiguration):
        parse_gate(text)


def test_new_needs_a_baseline() -> None:
    with pytest.raises(InvalidConfiguration, match="baseline"):
        parse_gate("new")


@given(
    st.text(max_size=60) | st.lists(st.sampled_from(["high", "kev", "epss>0.1", ""])).map(",".join)
)
def test_a_gate_is_read_or_refused_and_reads_the_same_again(text: str) -> None:
    try:
        gate = parse_gate(text, has_baseline=True)
    except InvalidConfiguration:
        return
    assert parse_gate(gate.text, has_baseline=True).text == gate.text


def test_a_baseline_knows_what_was_there() -> None:
    known = read_baseline(write_baseline([FIXED]), "known.json")
    updated = replace(FIXED, version="3.0.99")
    marked = apply_baseline([updated, UNFIXED], known, "known.json")
    assert [one.suppression is not None for one in marked] == [True, False]


def test_a_finding_is_known_by_any_of_its_names() -> None:
    known = read_baseline(write_baseline([FIXED]), "known.json")
    renamed = replace(FIXED, vulnerability="GHSA-x", aliases=(FIXED.vulnerability,))
    (marked,) = apply_baseline([renamed], known, "known.json")
    assert marked.suppression is not None
    other = replace(FIXED, component="libressl")
    (left,) = apply_baseline([other], known, "known.json")
    assert left.suppression is None
