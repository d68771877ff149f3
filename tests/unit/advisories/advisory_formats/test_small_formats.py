"""KEV, EPSS, Node.js's index and ruby-advisory-db."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bedplate.advisories.advisory_formats import epss, kev, node_core, ruby_advisories
from bedplate.advisories.record import AsOf, Enrichment, LeftOut, Record
from bedplate.errors import InvalidDocument
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

EVERY = bool  # every namespace, none of which is empty

KEV = {
    "catalogVersion": "2025.08.25",
    "dateReleased": "2025-08-25T17:04:19.9796Z",
    "vulnerabilities": [
        {"cveID": "CVE-2025-48384", "dateAdded": "2025-08-25"},
        {"cveID": "no", "dateAdded": "2025-08-25"},
        {"cveID": "CVE-2025-48385"},
    ],
}
EPSS = (
    "#model_version:v2025.03.14,score_date:2026-11-26T12:55:00Z\ncve,epss,percentile\n"
    "CVE-2026-1000,0.00042,0.05\nCVE-2026-1001,7,0.05\nnonsense\n"
)
NODE = {
    "171": {
        "cve": ["CVE-2026-21717"],
        "vulnerable": "20.x || 24.x",
        "patched": "^20.20.2 || ^24.14.1",
        "severity": "medium",
        "affectedEnvironments": ["all"],
    },
    "172": {"cve": [], "vulnerable": "latest", "affectedEnvironments": ["all"]},
    "173": 5,
}


def test_kev() -> None:
    dated, first, *others = kev.records("kev.json", json.dumps(KEV).encode(), EVERY)
    assert dated == AsOf("2025-08-25T17:04:19.9796Z")
    assert first == Enrichment("CVE-2025-48384", kev="2025-08-25")
    assert [type(item) for item in others] == [Skipped, Skipped]


def test_epss() -> None:
    dated, first, *others = epss.records("epss.csv", EPSS.encode(), EVERY)
    assert dated == AsOf("2026-11-26T12:55:00Z")
    assert first == Enrichment("CVE-2026-1000", epss=(0.00042, 0.05))
    assert [type(item) for item in others] == [Skipped, Skipped]
    for broken in (EPSS[:-3].encode(), b"#model_version\xff\n"):
        with pytest.raises(InvalidDocument):
            list(epss.records("epss.csv", broken, EVERY))


def test_node_core() -> None:
    first, *others = node_core.records("index.json", json.dumps(NODE).encode(), EVERY)
    assert isinstance(first, Record)
    assert first.advisory.id == "NODE-CORE-171"
    assert first.advisory.ratings == (Rating("nodejs", Level.MEDIUM),)
    assert first.affected[0].ranges == (
        VersionRange("20.0.0", "20.20.2"),
        VersionRange("24.0.0", "24.14.1"),
    )
    assert [type(item) for item in others] == [Skipped, Skipped]


@pytest.mark.parametrize("read", [kev.records, node_core.records])
def test_json_cut_off_anywhere_is_refused(read: Any) -> None:
    whole = json.dumps(KEV if read is kev.records else NODE).encode()
    for length in range(len(whole)):
        with pytest.raises(InvalidDocument):
            list(read("x.json", whole[:length], EVERY))


def ruby(text: str, name: str = "rubies/ruby/CVE-2026-46727.yml") -> Any:
    assert ruby_advisories.claims(name, text.encode())
    (item,) = ruby_advisories.records(name, text.encode(), EVERY)
    return item


def test_ruby_itself() -> None:
    record = ruby(
        "---\nengine: ruby\ncve: 2026-46727\nghsa: jfc8-2xw7-c79m\ndate: 2026-05-20\n"
        'cvss_v3: 8.1\nunaffected_versions: ["< 4.0"]\npatched_versions: [">= 4.0.5"]\n'
    )
    assert record.advisory.id == "CVE-2026-46727"
    assert record.advisory.aliases == ("GHSA-jfc8-2xw7-c79m",)
    assert record.advisory.published == "2026-05-20"
    assert record.advisory.ratings == (Rating("rubysec", Level.HIGH, 8.1),)
    (package,) = record.affected
    assert (package.namespace, package.name) == ("runtime", "ruby")
    assert package.ranges == (VersionRange("4.0", "4.0.5"),)


@pytest.mark.parametrize(
    ("safe", "ranges"),
    [
        (["~> 2.3.1", ">= 2.4.2"], [VersionRange("0", "2.3.1"), VersionRange("2.4", "2.4.2")]),
        ([], [VersionRange()]),
        (["~> 1.8.3"], [VersionRange("0", "1.8.3"), VersionRange("1.9")]),
        (["~> 2.3.1, >= 2.3.4"], [VersionRange("0", "2.3.4"), VersionRange("2.4")]),
        ([">= 2.0", ">= 1.0"], [VersionRange("0", "1.0")]),
    ],
)
def test_what_no_requirement_admits_is_vulnerable(
    safe: list[str], ranges: list[VersionRange]
) -> None:
    record = ruby(f"gem: rack\npatched_versions: {json.dumps(safe)}\n", "gems/rack/OSVDB-1.yml")
    assert list(record.affected[0].ranges) == ranges
    assert record.advisory.id == "OSVDB-1"


def test_other_engines_are_left_out() -> None:
    assert isinstance(ruby("engine: jruby\ncve: 2012-1\n"), LeftOut)


@pytest.mark.parametrize(
    "text",
    [
        "gem: [\n",
        "gem: rack\npatched_versions: 5\n",
        "gem: rack\npatched_versions: ['what?']\n",
        "gem:\n",
        "gem: rack\na: " + "[" * 5_000,
        "gem: rack\nx: &a [1]\ny: &b [*a, *a]\npatched_versions: [*b]\n",
        "gem: rack\nx: !!python/object:os.system []\n",
    ],
)
def test_yaml_that_is_no_advisory_is_skipped(text: str) -> None:
    assert isinstance(ruby(text), Skipped)
