from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
import vexipy

from bedplate.cli.commands import scan as scan_command
from bedplate.model.finding import Finding, Suppression, Witness
from bedplate.model.package import Package
from bedplate.model.rating import Level, Rating
from bedplate.model.scan_report import Scan, ScanReport
from bedplate.model.skipped import Skipped
from bedplate.reporting.look import Look
from bedplate.reporting.render_scan import SCAN_FORMAT_NAMES, render_scan
from bedplate.testing.sample_facts import alpine_sample, unknown_sample
from bedplate.testing.sample_scan import sample_findings, sample_report, sample_scan

if TYPE_CHECKING:
    from collections.abc import Callable

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
EVIL = "evil\x1b]0;owned\x07\x9b2J\u202e\udcff|<b>&\"'"
FOR_PEOPLE = ("terminal", "markdown", "html")


def unexamined() -> Scan:
    """Nothing was recognised: no packages, no store."""
    facts = replace(unknown_sample(), packages=(), runtimes=())
    return Scan(facts, ())


def poisoned() -> Scan:
    finding = sample_findings()[0]
    package = Package("npm", f"package{EVIL}", f"1{EVIL}", purl="pkg:npm/x", location=f"at{EVIL}")
    bad = replace(
        finding,
        vulnerability=f"CVE{EVIL}",
        aliases=(f"alias{EVIL}",),
        component=f"component{EVIL}",
        version=f"version{EVIL}",
        packages=(package,),
        fixed=(f"fixed{EVIL}",),
        vendor=Rating(f"source{EVIL}", Level.HIGH),
        ratings=(Rating(f"source{EVIL}", Level.HIGH, 8.0, f"CVSS{EVIL}"),),
        origin=f"origin{EVIL}",
        created_by=f"step{EVIL}",
        bundled_in=f"bundle{EVIL}",
        summary=f"summary{EVIL}",
    )
    why = Suppression(f"by{EVIL}", f"reason{EVIL}", f"file{EVIL}", f"owner{EVIL}", f"day{EVIL}")
    return replace(
        sample_scan(),
        facts=replace(sample_scan().facts, name=f"name{EVIL}", platform=f"platform{EVIL}"),
        findings=(bad,),
        suppressed=(replace(bad, suppression=why),),
        stores=tuple(replace(s, title=f"t{EVIL}", name=EVIL) for s in sample_scan().stores),
        unmatched=(Skipped(f"what{EVIL}", f"why{EVIL}"),),
        inventory=f"inventory{EVIL}",
        warnings=(f"warning{EVIL}",),
        dockerfile=f"file{EVIL}",
    )


def everything() -> ScanReport:
    other = replace(sample_scan(), facts=alpine_sample())
    return sample_report(sample_scan(), other, unexamined(), poisoned())


def write(report: ScanReport, name: str, width: int = 100, *, suppressed: bool = False) -> str:
    return render_scan(report, name, Look(width, suppressed=suppressed))


def line_with(text: str, *words: str) -> str:
    found = [line for line in text.splitlines() if all(word in line for word in words)]
    assert found, f"no line with {words} in\n{text}"
    return found[0]


@pytest.mark.parametrize("name", SCAN_FORMAT_NAMES)
@pytest.mark.parametrize("color", [True, False])
def test_no_text_from_outside_acts_on_the_terminal(name: str, *, color: bool) -> None:
    look = Look(100, color=color, suppressed=True)
    text = ESCAPE.sub("", render_scan(everything(), name, look))
    assert text.endswith("\n")
    assert all(char.isprintable() or char == "\n" for char in text)
    text.encode()


@pytest.mark.parametrize("name", SCAN_FORMAT_NAMES)
def test_the_same_report_gives_the_same_bytes_in_whatever_order_findings_come(name: str) -> None:
    scan = sample_scan()
    turned = replace(scan, findings=scan.findings[::-1])
    assert write(sample_report(turned), name) == write(sample_report(scan), name)


@pytest.mark.parametrize("name", SCAN_FORMAT_NAMES)
def test_what_could_not_be_seen_is_said(name: str) -> None:
    text = write(sample_report(), name)
    if name != "openvex":  # which has no place for it
        assert "no advisories for pypi here" in text
        assert "usr/lib/broken.jar" in text


@pytest.mark.parametrize("name", FOR_PEOPLE)
def test_an_image_in_which_nothing_was_recognised_is_unknown_never_clean(name: str) -> None:
    text = write(sample_report(unexamined()), name)
    assert "unknown: nothing was recognised" in text
    assert "by vendor" not in text


def test_machines_are_told_too_that_nothing_was_recognised() -> None:
    report = sample_report(unexamined())
    assert json.loads(write(report, "json"))["scans"][0]["counts"] is None
    [run] = json.loads(write(report, "sarif"))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert json.loads(write(report, "gitlab"))["scan"]["status"] == "failure"
    [suite] = ET.fromstring(write(report, "junit"))
    assert suite.get("errors") == "1"


def test_the_terminal_says_first_what_matters() -> None:
    text = write(sample_report(), "terminal", 120)
    assert text.splitlines()[0] == "sample/node:20 - linux/amd64"
    assert "2 high, 1 negligible, 1 unknown (debian, ghsa)" in line_with(text, "by vendor")
    assert "2 critical, 1 high, 1 unknown (nvd, ghsa)" in line_with(text, "by CVSS")
    assert "2 of 4: 2 high" in line_with(text, "fixable")
    assert "2 in the base, 1 in the app" in line_with(text, "brought by")
    assert "2026-11-22 to 2026-11-23 (5 days old)" in line_with(text, "advisories")
    assert text.index("CVE-2025-9230") < text.index("CVE-2023-45853") < text.index("CVE-2026-1")
    row = line_with(text, "CVE-2025-9230", "base", "exploited")
    assert "openssl 3.0.17-1~deb12u3 (libssl3," in row
    assert "will not fix" in line_with(text, "CVE-2023-45853", "0.4 %")
    assert "under investigation" in line_with(text, "CVE-2026-1 ")
    assert line_with(text, "npm@10.8.2 brings 1 finding")
    assert line_with(text, "2 by policy - kernel headers are no kernel")
    assert line_with(text, "failed: 1 finding is high and fixable")
    store = line_with(text, "Debian security tracker, Debian 12")
    assert "as of 2026-11-22, came with the program, about packages of the images" in store


def test_the_reading_asked_for_decides_levels_and_order() -> None:
    text = write(replace(sample_report(), reading="cvss"), "terminal")
    assert text.index("by CVSS") < text.index("by vendor")
    assert line_with(text, "CVE-2023-45853").split()[0] == "critical"


def test_several_images_are_laid_side_by_side_with_the_policies_of_their_feeds() -> None:
    other = replace(sample_scan(), facts=alpine_sample(), findings=())
    text = write(sample_report(sample_scan(), other), "terminal", 120)
    row = line_with(text, "sample/node:20-alpine - linux/amd64", "0 of 0")
    assert "none" in row
    assert "Debian lists everything known" in text
    assert "Alpine lists what it has fixed" in text


def test_suppressed_findings_are_counted_and_listed_on_demand() -> None:
    for name in FOR_PEOPLE[:2]:
        assert "owner team" not in write(sample_report(), name)
        text = write(sample_report(), name, 200, suppressed=True)
        assert "until 2027-01-01" in line_with(text, "CVE-2024-1003", "owner team")


@pytest.mark.parametrize("name", sorted({*SCAN_FORMAT_NAMES} - {"terminal", "markdown", "gitlab"}))
def test_what_policy_leaves_out_is_named_only_when_asked_for(name: str) -> None:
    assert "CVE-2024-1003" in write(sample_report(), name), "what somebody decided on"
    assert "CVE-2024-1001" not in write(sample_report(), name)
    assert "CVE-2024-1001" in write(sample_report(), name, suppressed=True)


@pytest.mark.parametrize("width", [40, 60, 72, 80, 100, 130, 400])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = write(everything(), "terminal", width, suppressed=True)
    assert max(map(len, text.splitlines())) <= width
    assert "CVE-2025-9230" in text


@pytest.mark.parametrize("width", [40, 80])
def test_long_titles_of_stores_leave_their_dates_in_sight(width: int) -> None:
    store = replace(sample_scan().stores[0], title="A database and another one " * 5)
    text = write(sample_report(replace(sample_scan(), stores=(store,))), "terminal", width)
    assert "as of 2026-11-22" in " ".join(text.partition("Advisories\n")[2].split())


def test_plain_characters_where_the_terminal_has_no_others() -> None:
    assert render_scan(everything(), "terminal", Look(80, unicode=False)).isascii()
    assert "\x1b" not in render_scan(everything(), "terminal", Look(80))
    assert "\x1b[1;31m" in render_scan(everything(), "terminal", Look(80, color=True))


def test_advisories_without_a_day_to_hold_them_against_have_no_age() -> None:
    text = write(replace(sample_report(), today=""), "terminal")
    assert "old)" not in text
    early = write(replace(sample_report(), today="2020-01-01"), "terminal")
    assert "later than the clock" in early


def test_markdown_fits_into_a_comment_and_counts_what_is_left_out() -> None:
    one = sample_findings()[0]
    many = tuple(replace(one, vulnerability=f"CVE-2025-{n}") for n in range(10_000, 15_000))
    scan = replace(sample_scan(), findings=many)
    text = write(sample_report(scan), "markdown")
    assert len(text) < 65_536
    assert "and 4800 more" in text
    both = write(sample_report(scan, scan, scan, scan), "markdown")
    assert len(both) < 65_536


def test_markdown_links_ids_that_are_plain_and_escapes_others() -> None:
    text = write(everything(), "markdown")
    assert "[CVE-2025-9230](https://nvd.nist.gov/vuln/detail/CVE-2025-9230)" in text
    assert "<b>" not in text.replace("\\<b\\>", "")


def test_json_tells_everything_and_both_readings() -> None:
    document = json.loads(write(sample_report(), "json"))
    assert document["schema"] == "bedplate/scan/1"
    [scan] = document["scans"]
    assert scan["counts"]["vendor"]["high"] == {"fixable": 2, "unfixable": 0}
    assert scan["counts"]["cvss"]["critical"] == {"fixable": 1, "unfixable": 1}
    first = scan["findings"][0]
    assert first["vendor"]["source"] == "debian"
    assert first["cvss"]["score"] == 9.8
    assert first["packages"][0]["purl"].startswith("pkg:deb/debian/libssl3@")
    assert first["witnesses"][0]["fixed"] == "3.0.17-1~deb12u4"
    assert {one["suppression"]["by"] for one in scan["suppressed"]} == {"vex", "ignore", "baseline"}
    assert scan["suppressed_by"][0] == {
        "by": "policy",
        "reason": "kernel headers are no kernel",
        "count": 2,
    }
    assert scan["stores"][0]["as_of"] == "2026-11-22"


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    if isinstance(value, list):
        return set[str]().union(*map(keys_of, value))
    return set()


def test_docs_describe_every_json_field() -> None:
    docs = Path(__file__).parents[3] / "docs/json.md"
    described = set(re.findall(r"`(\w+)`", docs.read_text(encoding="utf-8")))
    assert keys_of(json.loads(write(sample_report(), "json"))) - described == set()


@pytest.mark.parametrize(
    ("name", "schema"),
    [("cyclonedx", "cyclonedx/bom-1.6"), ("spdx", "spdx/2.3"), ("sarif", "sarif-2.1.0")],
)
@pytest.mark.parametrize(
    "report", [sample_report(), everything(), sample_report(unexamined())], ids=["1", "4", "none"]
)
def test_documents_are_valid_by_the_published_schemas(
    name: str, schema: str, report: ScanReport, schema_errors: Callable[[Any, str], list[str]]
) -> None:
    assert schema_errors(json.loads(write(report, name)), schema) == []


def test_sarif_points_at_the_line_of_the_dockerfile_else_at_the_image() -> None:
    [run] = json.loads(write(sample_report(), "sarif"))["runs"]
    rules = run["tool"]["driver"]["rules"]
    places = {}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        uri, line = place["artifactLocation"]["uri"], place["region"]["startLine"]
        places[result["ruleId"]] = (uri, line)
    assert places["GHSA-8qq5-rm4j-mr97"] == ("app/Dockerfile", 7)
    assert places["CVE-2025-9230"] == ("sample/node%3A20", 1)
    scores = {rule["id"]: rule["properties"].get("security-severity") for rule in rules}
    assert scores["CVE-2025-9230"] == "9.8"
    assert scores["CVE-2026-1"] is None


def test_sarif_fingerprints_survive_an_update_and_suppressions_are_marked() -> None:
    def prints(report: ScanReport) -> dict[str, str]:
        [run] = json.loads(write(report, "sarif"))["runs"]
        return {r["ruleId"]: r["partialFingerprints"]["bedplateFinding/v1"] for r in run["results"]}

    scan = sample_scan()
    later = replace(scan, findings=tuple(replace(one, version="9") for one in scan.findings))
    assert prints(sample_report(later)) == prints(sample_report(scan))
    [run] = json.loads(write(sample_report(), "sarif"))["runs"]
    marked = {r["ruleId"] for r in run["results"] if "suppressions" in r}
    assert marked == {"CVE-2024-1002", "CVE-2024-1003", "CVE-2024-1004"}


def test_cyclonedx_vulnerabilities_affect_components_of_the_document() -> None:
    document = json.loads(write(sample_report(), "cyclonedx"))
    refs = {part["bom-ref"] for part in document["components"]}
    by_id = {one["id"]: one for one in document["vulnerabilities"]}
    fixed = by_id["CVE-2025-9230"]
    assert {a["ref"] for a in fixed["affects"]} <= refs
    assert {"CVSSv31"} == {r["method"] for r in fixed["ratings"] if "CVSS:3.1/AV" in str(r)}
    assert fixed["recommendation"] == "Update openssl to 3.0.17-1~deb12u4"
    assert by_id["CVE-2023-45853"]["analysis"] == {"response": ["will_not_fix"]}
    assert by_id["CVE-2026-1"]["analysis"] == {"state": "in_triage"}
    assert by_id["CVE-2024-1002"]["analysis"]["state"] == "not_affected"
    assert "state" not in by_id["CVE-2024-1003"]["analysis"], "to ignore is not to clear"


@pytest.mark.parametrize("name", ["cyclonedx", "spdx"])
def test_a_finding_in_a_runtime_belongs_to_the_runtime_of_the_image(name: str) -> None:
    node = Package("generic", "node", "20.19.5", purl="pkg:generic/node@20.19.5")
    one = replace(sample_findings()[0], component="node", version="20.19.5", packages=(node,))
    document = json.loads(write(sample_report(replace(sample_scan(), findings=(one,))), name))
    if name == "cyclonedx":
        [part] = [part for part in document["components"] if part["name"] == "node"]
        found = next(v for v in document["vulnerabilities"] if v["id"] == one.vulnerability)
        assert found["affects"] == [{"ref": part["bom-ref"]}]
    else:
        [part] = [part for part in document["packages"] if part["name"] == "node"]
        locators = [reference["referenceLocator"] for reference in part["externalRefs"]]
        assert any(one.vulnerability in locator for locator in locators)


def test_spdx_packages_name_their_vulnerabilities() -> None:
    document = json.loads(write(sample_report(), "spdx"))
    named = {
        package["name"]
        for package in document["packages"]
        for reference in package.get("externalRefs", ())
        if reference["referenceLocator"].endswith("/CVE-2025-9230")
    }
    assert named == {"libssl3", "openssl"}
    assert "CVE-2026-1 in zlib" in document["comment"], "no package to hang it on"


def openvex(report: ScanReport) -> dict[str, Any]:
    text = write(report, "openvex", suppressed=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # texts where there is no justification
        document = vexipy.Document.from_json(text)
    assert len(document.statements) == len(json.loads(text)["statements"])
    found: dict[str, Any] = json.loads(text)
    return found


def test_openvex_states_what_is_known_in_its_own_words() -> None:
    document = openvex(sample_report())
    openvex(everything())
    found = {one["vulnerability"]["name"]: one for one in document["statements"]}
    assert found["CVE-2025-9230"]["action_statement"] == "Update openssl to 3.0.17-1~deb12u4"
    assert found["CVE-2026-1"]["status"] == "under_investigation"
    cleared = found["CVE-2024-1002"]
    assert cleared["status"] == "not_affected"
    assert cleared["justification"] == "vulnerable_code_not_in_execute_path"
    assert "impact_statement" in found["CVE-2024-1000"]
    assert found["CVE-2024-1003"]["status"] == "affected", "to ignore is not to clear"
    assert set(document) == {
        *("@context", "@id", "author", "timestamp", "tooling", "version", "statements"),
    }, "the specification allows no other field"
    for one in document["statements"]:
        told = {"justification", "impact_statement", "action_statement"} & set(one)
        assert set(one) - told == {"vulnerability", "products", "status"}
        assert set(one["vulnerability"]) == {"@id", "name", "aliases"}
        for product in one["products"]:
            assert set(product) <= {"@id", "identifiers", "subcomponents"}
            for part in product.get("subcomponents", ()):
                assert set(part) == {"@id", "identifiers"}
        assert len(told) == (0 if one["status"] == "under_investigation" else 1)


def test_openvex_says_a_thing_once() -> None:
    twice = replace(sample_scan(), findings=sample_findings()[:1] * 2)
    statements = openvex(sample_report(twice))["statements"]
    names = [one["vulnerability"]["name"] for one in statements]
    assert names.count("CVE-2025-9230") == 1


def test_gitlab_report_keeps_to_the_published_constraints() -> None:
    """The schema is in no package: these are its constraints, of 15.0, put down by hand."""
    for report in (sample_report(), everything(), sample_report(unexamined())):
        document = json.loads(write(report, "gitlab"))
        assert re.fullmatch(r"15\.\d+\.\d+", document["version"])
        scan = document["scan"]
        for field in ("start_time", "end_time"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", scan[field])
        assert scan["type"] == "container_scanning"
        assert scan["status"] in ("success", "failure")
        for tool in (scan["scanner"], scan["analyzer"]):
            assert all(tool[field] for field in ("id", "name", "version"))
            assert tool["vendor"]["name"]
        for message in scan["messages"]:
            assert message["level"] in ("info", "warn", "fatal")
            assert message["value"]
        ids = [one["id"] for one in document["vulnerabilities"]]
        assert len(ids) == len(set(ids))
        for one in document["vulnerabilities"]:
            check_gitlab_vulnerability(one)


def check_gitlab_vulnerability(one: dict[str, Any]) -> None:
    assert one["severity"] in ("Info", "Unknown", "Low", "Medium", "High", "Critical")
    assert len(one["name"]) <= 255
    assert len(one["description"]) <= 1_048_576
    assert len(one["solution"]) <= 7000
    assert one["identifiers"]
    for identifier in one["identifiers"]:
        assert all(identifier[field] for field in ("type", "name", "value"))
        assert re.match(r"https?://.+", identifier["url"])
    assert all(re.match(r"https?://.+", link["url"]) for link in one["links"])
    location = one["location"]
    assert location["image"]
    assert location["operating_system"]
    assert isinstance(location["dependency"]["version"], str)
    assert isinstance(location["dependency"]["package"]["name"], str)
    for detail in one["details"].values():
        assert detail["type"] == "text"
        assert isinstance(detail["value"], str)
        assert detail["name"]


def test_gitlab_severities_are_those_of_the_reading() -> None:
    report = replace(sample_report(), reading="cvss")
    document = json.loads(write(report, "gitlab"))
    found = {one["identifiers"][0]["name"]: one["severity"] for one in document["vulnerabilities"]}
    assert found["CVE-2025-9230"] == "Critical"
    assert found["CVE-2026-1"] == "Unknown"


def test_junit_counts_what_it_holds() -> None:
    for suite in ET.fromstring(write(everything(), "junit")):
        cases = list(suite)
        assert suite.get("tests") == str(len(cases))
        for kind, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.get(name) == str(len(suite.findall(f"testcase/{kind}")))


def test_a_clean_image_has_a_test_that_passed() -> None:
    clean = replace(sample_scan(), findings=(), suppressed=(), unmatched=(), skipped=())
    [suite] = ET.fromstring(write(sample_report(clean), "junit"))
    assert (suite.get("failures"), suite.get("errors")) == ("0", "0")
    assert [case.get("name") for case in suite if len(case) == 0] == ["scan"]


def test_many_binaries_of_a_source_are_folded() -> None:
    packages = tuple(Package("deb", f"lib{n}", "1") for n in range(9))
    one = Finding("CVE-1", "big", "1", packages, sample_findings()[0].status)
    text = write(sample_report(replace(sample_scan(), findings=(one,))), "terminal", 200)
    assert "big 1 (lib0, lib1, lib2, lib3, and 5 more)" in text


def test_a_low_confidence_is_told() -> None:
    witness = Witness("X-1", "npm", "npm", "tar", sample_findings()[0].status, confidence="low")
    one = replace(sample_findings()[2], witnesses=(witness,))
    for name in FOR_PEOPLE[:2]:
        assert "low confidence" in write(
            sample_report(replace(sample_scan(), findings=(one,))), name, 200
        )


def test_the_command_offers_every_format() -> None:
    assert scan_command.FORMATS == SCAN_FORMAT_NAMES
