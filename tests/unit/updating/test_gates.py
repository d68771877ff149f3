"""Deltas of two images, and the gates that look at them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bedplate.model.base_facts import EndOfLife
from bedplate.model.candidate import Candidate
from bedplate.model.platform import Platform
from bedplate.model.tag_choice import Axis
from bedplate.model.tag_policy import Ended
from bedplate.model.update_policy import GateLimits, UpdatePolicy
from bedplate.testing.sample_facts import debian_sample
from bedplate.testing.sample_scan import sample_findings
from bedplate.updating.delta import delta_of, vulnerability_change
from bedplate.updating.gate import GateCase, Proof
from bedplate.updating.judging import judge

FACTS = debian_sample()
FOUND = sample_findings()
CASE = GateCase(
    Candidate("2", (Axis.MAJOR,), platforms=("linux/amd64", "linux/arm64")),
    UpdatePolicy(),
    dt.date(2026, 1, 1),
    ("linux/amd64", "linux/arm64"),
    delta_of(FACTS, FACTS, None, vulnerability_change(FOUND, FOUND)),
)


def refused(case: GateCase) -> str:
    return judge(case)[0]


def with_limits(case: GateCase, **limits: object) -> GateCase:
    gates = replace(GateLimits(), **limits)  # type: ignore[arg-type]
    return replace(case, policy=replace(case.policy, gates=gates))


def test_the_same_image_passes() -> None:
    assert judge(CASE) == ("", ())


def test_new_vulnerabilities_of_a_level_under_a_reading() -> None:
    grave = replace(CASE, delta=delta_of(FACTS, FACTS, None, vulnerability_change((), FOUND)))
    assert FOUND[0].vulnerability in refused(grave)  # high by Debian, critical by NVD
    assert not refused(with_limits(grave, new_vulnerabilities="critical"))
    assert refused(with_limits(grave, new_vulnerabilities="critical", reading="cvss"))
    assert not refused(with_limits(grave, new_vulnerabilities=""))
    unfixed = replace(FOUND[0], fixed=())
    open_ones = delta_of(FACTS, FACTS, None, vulnerability_change((), (unfixed,)))
    assert refused(replace(grave, delta=open_ones))
    assert not refused(with_limits(replace(grave, delta=open_ones), fixable_only=True))


def test_a_vulnerability_that_was_there_is_not_new_in_another_version() -> None:
    later = replace(FOUND[0], version="later")
    change = vulnerability_change(FOUND, (later,))
    assert (change.new, change.remaining) == ((), (later,))
    assert len(change.fixed) == len({(one.vulnerability, one.component) for one in FOUND}) - 1


@pytest.mark.parametrize(("growth", "passes"), [(10.0, False), (60.0, True), (None, True)])
def test_growth(growth: float | None, *, passes: bool) -> None:
    size = FACTS.compressed_size or 0
    larger = delta_of(FACTS, replace(FACTS, compressed_size=size * 3 // 2))
    case = with_limits(replace(CASE, delta=larger), growth=growth, new_vulnerabilities="")
    assert (refused(case) == "") is passes


def test_an_end_of_life_that_comes_with_the_candidate() -> None:
    end = EndOfLife("nodejs", "Node.js 23", "23", "2026-02-01")
    after = replace(FACTS, end_of_life=(end,))
    case = with_limits(replace(CASE, delta=delta_of(FACTS, after)), new_vulnerabilities="")
    assert "Node.js 23 ends on 2026-02-01" in refused(case)
    there = delta_of(after, after)
    assert not refused(replace(case, delta=there))
    asked = replace(case.policy, ended=Ended.ALWAYS)
    assert not refused(replace(case, policy=asked))


def test_a_platform_that_is_lost() -> None:
    case = replace(CASE, candidate=replace(CASE.candidate, platforms=("linux/amd64",)))
    assert "linux/arm64" in refused(case)
    used = replace(case.policy, platforms=(Platform("linux", "amd64"),))
    assert not refused(replace(case, policy=used))


def test_a_proof_that_was_handed_in() -> None:
    assert "GLIBC_2.34" in refused(replace(CASE, proof=Proof(False, "GLIBC_2.34")))  # noqa: FBT003
    assert judge(replace(CASE, proof=Proof(None, "no lock file"))) == (
        "",
        ("load proof: no lock file",),
    )
    assert not refused(replace(CASE, proof=Proof(True)))  # noqa: FBT003


def test_what_is_not_known_refuses_only_when_it_must_be() -> None:
    blind = replace(CASE, delta=None)
    why, unknown = judge(blind)
    assert (why, len(unknown)) == ("", 2)
    assert refused(with_limits(blind, must_know=True))


def test_a_delta_says_what_differs_and_what_is_not_known() -> None:
    after = replace(FACTS, user="node", libcs=None, labels=None, environment=("PATH=/x", "V=1"))
    delta = delta_of(FACTS, after)
    changes = {one.fact: one for one in delta.changes}
    assert changes["libc"].after is None
    assert not changes["libc"].differs
    assert changes["user"].after == "node"
    assert {one.fact for one in delta.changes if one.differs} >= {"user", "environment"}
    assert delta.compressed.growth == 0
    assert delta.vulnerabilities is None
