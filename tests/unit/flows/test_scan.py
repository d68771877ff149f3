"""`scan` end to end on a layout made here: what is found, what is shown, what fails."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bedplate.dockerfile import parse
from bedplate.errors import CorruptStore
from bedplate.flows.inspect import inspect
from bedplate.flows.opening import open_session
from bedplate.flows.scan import scan
from bedplate.flows.scan_request import ScanRequest
from bedplate.matching.gate import parse_gate
from bedplate.matching.ignore import read_ignores
from bedplate.matching.vex import read_vex
from bedplate.model.rating import Level
from bedplate.reporting.look import Look
from bedplate.reporting.render_sbom import SBOM_FORMAT_NAMES, render_sbom
from bedplate.reporting.render_scan import render_scan
from bedplate.support.cache import Cache
from bedplate.testing.vulnerable_image import (
    IN_LEFT_PAD,
    IN_MUSL,
    drop_layers,
    vulnerable_image,
    write_advisories,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.flows.session import Session
    from bedplate.model.base_facts import BaseFacts
    from bedplate.model.scan_report import Scan

OPENVEX = "https://openvex.dev/ns/v0.2.0"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    write_advisories(tmp_path / "advisories")
    return open_session(advisory_folder=tmp_path / "advisories", today=dt.date(2026, 11, 27))


@pytest.fixture
def image(tmp_path: Path) -> str:
    return vulnerable_image(tmp_path / "layout")


def only(name: str, session: Session, request: ScanRequest | None = None) -> Scan:
    [one] = scan([name], session, request or ScanRequest()).scans
    return one


def ids(one: Scan) -> list[str]:
    return sorted(finding.vulnerability for finding in one.findings)


def openvex(*vulnerabilities: str) -> bytes:
    statements = [
        {
            "vulnerability": {"name": name},
            "products": [{"@id": "pkg:apk/alpine/musl"}, {"@id": "pkg:npm/left-pad"}],
            "status": "not_affected",
            "justification": "vulnerable_code_not_in_execute_path",
        }
        for name in vulnerabilities
    ]
    head = {"@context": OPENVEX, "@id": "x", "author": "Team", "timestamp": "2026-11-01T00:00:00Z"}
    return json.dumps({**head, "version": 1, "statements": statements}).encode()


def statement(predicate: bytes, kind: str) -> bytes:
    head = {"_type": "https://in-toto.io/Statement/v0.1", "predicateType": kind, "subject": []}
    return json.dumps({**head, "predicate": json.loads(predicate)}).encode()


def test_what_is_in_an_image_is_found_and_what_was_fixed_is_not(
    image: str, session: Session
) -> None:
    one = only(image, session)
    assert ids(one) == [IN_MUSL, IN_LEFT_PAD]
    assert one.inventory == "layers"
    assert one.examined
    assert {store.name for store in one.advisories} == {"alpine-3.24", "npm"}
    musl, left_pad = sorted(one.findings, key=lambda finding: finding.vulnerability)
    assert (musl.fixed, musl.layer) == (("1.2.6-r3",), 0)
    assert (left_pad.fixed, left_pad.layer) == ((), 1)


def test_a_dockerfile_tells_lines_and_what_is_the_base_s(image: str, session: Session) -> None:
    file = parse("FROM alpine:3.24\n\nCOPY node_modules /srv/node_modules\n")
    one = only(image, session, ScanRequest(dockerfile=file, dockerfile_name="app/Dockerfile"))
    places = {finding.vulnerability: (finding.origin, finding.line) for finding in one.findings}
    assert places == {IN_MUSL: ("base", None), IN_LEFT_PAD: ("app", 3)}
    assert one.dockerfile == "app/Dockerfile"
    app = ScanRequest(dockerfile=file, only=frozenset({"app"}))
    assert ids(only(image, session, app)) == [IN_LEFT_PAD]


@pytest.mark.parametrize(
    ("request_", "shown"),
    [
        (ScanRequest(only=frozenset({"fixable"})), [IN_MUSL]),
        (ScanRequest(least=Level.HIGH), [IN_LEFT_PAD]),
        (ScanRequest(least=Level.CRITICAL), []),
    ],
)
def test_gates_see_what_is_not_shown(
    image: str, session: Session, request_: ScanRequest, shown: list[str]
) -> None:
    report = scan([image], session, replace(request_, gates=(parse_gate("any"),)))
    assert ids(report.scans[0]) == shown
    assert report.verdict.failed
    assert "2 findings" in report.verdict.reasons[0]


def test_stages_are_told_apart_and_fail_no_gate(image: str, session: Session) -> None:
    text = "FROM node:20-alpine AS build\nFROM $WHO AS lost\nFROM scratch\nCOPY --from=build / /\n"
    request = ScanRequest(
        gates=(parse_gate("any"),), dockerfile=parse(text), dockerfile_name="D", stages=True
    )
    report = scan([image], replace(session, offline=True), request)
    assert [(one.facts.name, one.stage) for one in report.scans] == [
        (image, ""),
        ("node:20-alpine", "build"),
        ("$WHO", "?"),
    ]
    built, staged, lost = report.scans
    assert staged.examined
    assert not lost.examined
    assert lost.skipped
    assert "(stage build)" in render_scan(report, "terminal", Look())
    [reason] = report.verdict.reasons
    assert f"any: {len(built.findings)} findings" in reason


def test_a_view_says_how_much_it_leaves_out(image: str, session: Session) -> None:
    everything = only(image, session)
    one = only(image, session, ScanRequest(least=Level.CRITICAL))
    hidden = len(everything.findings) - len(one.findings)
    assert f"{hidden} findings are not shown, as asked for" in one.warnings


def test_every_image_and_platform_is_scanned_in_order(tmp_path: Path, session: Session) -> None:
    both = vulnerable_image(tmp_path / "both", architectures=("amd64", "arm64"))
    asked: list[str | None] = []

    def refresh(facts: BaseFacts) -> None:
        asked.append(facts.platform)

    everything = replace(session, all_platforms=True)
    report = scan([both, both], everything, ScanRequest(), refresh)
    assert [one.facts.platform for one in report.scans] == ["linux/amd64", "linux/arm64"] * 2
    assert asked == ["linux/amd64", "linux/arm64"] * 2
    assert all(ids(one) == [IN_MUSL, IN_LEFT_PAD] for one in report.scans)


def test_old_advisories_are_told_and_fail_when_the_user_says_so(
    image: str, session: Session
) -> None:
    assert not any("older than" in line for line in only(image, session).warnings)
    report = scan([image], session, ScanRequest(max_age=6))
    [one] = report.scans
    assert sum("older than 6 days" in line for line in one.warnings) >= 2
    assert any("as of 2026-11-20" in reason for reason in report.verdict.reasons)
    fresh = replace(session, today=dt.date(2026, 11, 20))
    ours = scan([image], fresh, ScanRequest(max_age=0)).verdict.reasons
    assert not any("2026-11-20" in reason for reason in ours)


def test_advisories_from_a_clock_ahead_of_ours_are_not_old(image: str, session: Session) -> None:
    early = replace(session, today=dt.date(2020, 1, 1))
    assert not scan([image], early, ScanRequest(max_age=0)).verdict.failed


def test_an_end_of_support_is_told(image: str, session: Session) -> None:
    late = replace(session, today=dt.date(2040, 1, 1))
    [warning] = [line for line in only(image, late).warnings if "supported" in line]
    assert warning.startswith("Alpine Linux 3.24 has not been supported since 2028-06-01")


def test_an_image_whose_packages_are_not_known_is_not_examined(
    image: str, session: Session
) -> None:
    one = only(image, replace(session, pull=False))
    assert not one.examined
    assert any("packages of this image are not known" in line for line in one.warnings)


def test_vex_of_the_user_and_of_the_builder(tmp_path: Path, session: Session) -> None:
    own = read_vex(openvex(IN_MUSL), "our.json")
    attested = vulnerable_image(
        tmp_path / "attested",
        statements={OPENVEX: statement(openvex(IN_LEFT_PAD), OPENVEX), OPENVEX + "x": b"{no json"},
    )
    one = only(attested, session, ScanRequest(vex=own))
    assert one.findings == ()
    by = {f.vulnerability: f.suppression for f in one.suppressed}
    said = by[IN_MUSL]
    assert said is not None
    assert (said.by, said.source, said.owner) == ("vex", "our.json", "Team")
    builders = by[IN_LEFT_PAD]
    assert builders is not None
    assert builders.source.startswith("VEX attestation sha256:")
    assert any(item.what.startswith("VEX attestation") for item in one.skipped)
    assert ids(only(attested, session, ScanRequest(attested_vex=False))) == [IN_MUSL, IN_LEFT_PAD]


def test_exceptions_count_until_they_end(image: str, session: Session) -> None:
    text = f'[[ignore]]\nid = "{IN_MUSL}"\nreason = "not reached"\nexpires = "2026-11-27"\n'
    request = ScanRequest(ignores=read_ignores(text, "ignore.toml"), gates=(parse_gate("fixable"),))
    report = scan([image], session, request)
    assert not report.verdict.failed
    assert ids(report.scans[0]) == [IN_LEFT_PAD]
    tomorrow = scan([image], replace(session, today=dt.date(2026, 11, 28)), request)
    assert tomorrow.verdict.failed
    assert any("ended on 2026-11-27" in line for line in tomorrow.scans[0].warnings)


def test_what_a_baseline_names_does_not_count(image: str, session: Session) -> None:
    known = frozenset({(IN_MUSL, "musl")})
    request = ScanRequest(known=known, baseline="b.json", gates=(parse_gate("fixable"),))
    report = scan([image], session, request)
    assert not report.verdict.failed
    assert [f.suppression.by for f in report.scans[0].suppressed if f.suppression] == ["baseline"]


@pytest.mark.parametrize("name", SBOM_FORMAT_NAMES)
def test_our_own_sbom_tells_the_same(
    name: str, image: str, session: Session, tmp_path: Path
) -> None:
    [facts] = inspect(image, session)
    file = tmp_path / "sbom.json"
    file.write_text(render_sbom(facts, name, Look()))
    one = only(f"sbom:{file}", session)
    assert ids(one) == [IN_MUSL, IN_LEFT_PAD]
    assert one.inventory == "sbom"


@pytest.mark.parametrize("pulled_before", [False, True])
def test_an_attested_sbom_is_taken_before_layers_are(
    *, pulled_before: bool, image: str, session: Session, tmp_path: Path
) -> None:
    [facts] = inspect(image, session)
    kind = "https://spdx.dev/Document"
    said = {kind: statement(render_sbom(facts, "spdx", Look()).encode(), kind)}
    attested = vulnerable_image(tmp_path / "attested", statements=said)
    if not pulled_before:
        session = open_session(advisory_folder=session.advisory_folder, today=session.today)
        drop_layers(tmp_path / "attested")
    one = only(attested, replace(session, inventory_from="auto"))
    assert ids(one) == [IN_MUSL, IN_LEFT_PAD]
    # what was read before is at hand, and tells more
    assert one.inventory == ("layers" if pulled_before else "attestation")


def test_advisories_that_can_t_be_read_are_no_clean_image(image: str, session: Session) -> None:
    assert session.advisory_folder is not None
    (session.advisory_folder / "npm.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(CorruptStore, match="npm"):
        scan([image], session, ScanRequest())


def test_layers_that_were_read_before_tell_the_same_to_the_byte(
    image: str, session: Session, tmp_path: Path
) -> None:
    kept = replace(session, cache=Cache(tmp_path / "cache"))
    texts = {render_scan(scan([image], kept, ScanRequest()), "json", Look()) for _ in range(2)}
    assert len(texts) == 1
