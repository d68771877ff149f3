"""Proofs in every format: the worst is seen first, and names do no harm."""

from __future__ import annotations

import json

import pytest

from bedplate.model.skipped import Skipped
from bedplate.model.verdict import BaseProofs, Outcome, Proof, ProofReport, worst
from bedplate.reporting.look import Look
from bedplate.reporting.prove_formats import PROVE_FORMATS
from bedplate.reporting.render_proof import render_proof

NAMES = tuple(entry.NAME for entry in PROVE_FORMATS)
FAILS = Proof(
    "node_modules/x/x.node",
    Outcome.FAILS,
    "needed libraries",
    "libudev.so.1 is not found",
    missing="libudev.so.1",
    provided_by=("eudev-libs",),
    fix="apk add eudev-libs",
    package="usb 2.14.0",
)
LOADS = Proof("node_modules/y/y.node", Outcome.LOADS)
REPORT = ProofReport(
    "node_modules",
    "folder",
    (
        BaseProofs("alpine", "layers", "musl 1.2.5", ("node 20.18.0",), (FAILS, LOADS), foreign=3),
        BaseProofs("debian", "layers", "glibc", (), (LOADS,), skipped=(Skipped("a", "b"),)),
    ),
    ("a note",),
)


@pytest.mark.parametrize("name", NAMES)
def test_every_format_tells_verdict_reason_and_fix(name: str) -> None:
    text = render_proof(REPORT, name, Look(width=120))
    for words in ("fails", "libudev.so.1 is not found", "apk add eudev-libs", "usb 2.14.0"):
        assert words in text
    assert "a note" in text


@pytest.mark.parametrize("name", NAMES)
def test_names_do_no_harm(name: str) -> None:
    proof = Proof("\x1b[2J\u202e", Outcome.FAILS, "x", "\x07\x1b]0;x")
    report = ProofReport("\x1b", "file", (BaseProofs("\x1b", "\x1b", proofs=(proof,)),))
    text = render_proof(report, name, Look())
    assert not any(ord(char) < 32 and char != "\n" for char in text)
    assert "\u202e" not in text


def test_what_loads_everywhere_is_listed_when_asked_for() -> None:
    short = render_proof(REPORT, "terminal", Look(width=120))
    long = render_proof(REPORT, "terminal", Look(width=120, packages=True))
    assert "y.node" not in short
    assert "y.node" in long


def test_json_has_every_proof() -> None:
    document = json.loads(render_proof(REPORT, "json", Look()))
    assert [base["outcome"] for base in document["bases"]] == ["fails", "loads"]
    assert document["bases"][0]["proofs"][0]["provided_by"] == ["eudev-libs"]


def test_the_worst_verdict_counts() -> None:
    assert worst([Outcome.LOADS, Outcome.RISK, Outcome.UNKNOWN]) is Outcome.RISK
    assert worst([]) is None
