"""The NVD: gravity of all, versions of runtimes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bedplate.advisories.advisory_formats import nvd
from bedplate.advisories.record import AsOf, Enrichment, LeftOut, Record
from bedplate.errors import InvalidDocument
from bedplate.model.rating import Level, Rating
from bedplate.model.skipped import Skipped
from bedplate.model.version_range import VersionRange

EVERY = bool  # every namespace, none of which is empty

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
METRICS = {
    "cvssMetricV31": [
        {
            "source": "nvd@nist.gov",
            "cvssData": {"vectorString": VECTOR, "baseScore": 7.5, "baseSeverity": "HIGH"},
        },
        {
            "source": "cna@python.org",
            "cvssData": {"vectorString": VECTOR, "baseScore": 7.5, "baseSeverity": "HIGH"},
        },
    ],
    "cvssMetricV2": [{"cvssData": {"vectorString": "AV:N", "baseScore": 5.0}}],
}


def page(*cves: Any) -> bytes:
    whole = {
        "format": "NVD_CVE",
        "version": "2.0",
        "timestamp": "2026-11-01T00:00:00.000",
        "vulnerabilities": [{"cve": cve} for cve in cves],
    }
    return json.dumps(whole).encode()


def read(*cves: Any) -> list[Any]:
    dated, *items = nvd.records("x.json", page(*cves), EVERY)
    assert dated == AsOf("2026-11-01T00:00:00.000")
    return items


def matching(*matches: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"nodes": [{"operator": "OR", "cpeMatch": list(matches)}]}]


def test_gravity_of_any_cve_with_its_source() -> None:
    (found,) = read({"id": "CVE-2026-10001", "metrics": METRICS})
    assert found == Enrichment(
        "CVE-2026-10001",
        (Rating("nvd", Level.HIGH, 7.5, VECTOR), Rating("cna", Level.HIGH, 7.5, VECTOR)),
    )


def test_version_2_counts_only_where_there_is_no_newer_one() -> None:
    old = {"cvssMetricV2": [{**METRICS["cvssMetricV2"][0], "baseSeverity": "MEDIUM"}]}
    (found,) = read({"id": "CVE-2006-10001", "metrics": old})
    assert [rating.level for rating in found.ratings] == [Level.MEDIUM]


def test_versions_of_a_runtime() -> None:
    python = "cpe:2.3:a:python:python:*:*:*:*:*:*:*:*"
    (found,) = read(
        {
            "id": "CVE-2026-10001",
            "configurations": matching(
                {"criteria": python, "vulnerable": True, "versionEndExcluding": "3.10.21"},
                {
                    "criteria": python,
                    "versionStartIncluding": "3.12.0",
                    "versionEndExcluding": "3.12.14",
                },
                {"criteria": python, "versionEndIncluding": "2.7.18"},
                {"criteria": "cpe:2.3:a:python:python:3.15.0:alpha1:*:*:*:*:*:*"},
                {"criteria": "cpe:2.3:a:other:thing:*:*:*:*:*:*:*:*"},
                {"criteria": python, "vulnerable": False},
            ),
        }
    )
    assert isinstance(found, Record)
    (package,) = found.affected
    assert (package.namespace, package.name) == ("runtime", "python")
    assert package.ranges == (
        VersionRange("0", "3.10.21"),
        VersionRange("3.12.0", "3.12.14"),
        VersionRange("0", last_affected="2.7.18"),
    )
    assert package.versions == ("3.15.0alpha1",)


def test_a_product_without_versions_is_doubtful() -> None:
    php = matching({"criteria": "cpe:2.3:a:php:php:-:*:*:*:*:*:*:*"})
    (found,) = read({"id": "CVE-2026-10001", "configurations": php})
    assert found.affected[0].qualifiers == (("confidence", "low"),)


def test_an_override_is_one_cve_in_a_file() -> None:
    go = matching({"criteria": "cpe:2.3:a:golang:go:*:*:*:*:*:*:*:*", "versionEndExcluding": "1.2"})
    content = json.dumps({"cve": {"configurations": go}}).encode()
    assert nvd.claims("CVE-2024-10001.json", content)
    (found,) = nvd.records("data/2024/CVE-2024-10001.json", content, EVERY)
    assert isinstance(found, Record)
    assert (found.advisory.id, found.affected[0].name) == ("CVE-2024-10001", "go")


@pytest.mark.parametrize(
    ("cve", "kind"),
    [
        ({"id": "CVE-2026-10001", "vulnStatus": "Rejected"}, LeftOut),
        ({"id": "CVE-2026-10001"}, LeftOut),
        ({"id": "no"}, Skipped),
        ({"id": "CVE-2026-10001", "metrics": 5}, Skipped),
        (None, Skipped),
    ],
)
def test_what_gives_nothing(cve: Any, kind: type) -> None:
    good = {"id": "CVE-2026-10002", "metrics": METRICS}
    assert [type(item) for item in read(cve, good)] == [kind, Enrichment]


def test_a_page_cut_off_is_refused() -> None:
    whole = page({"id": "CVE-2026-10001", "metrics": METRICS})
    for length in range(whole.index(b'"vulnerabilities"') + 20, len(whole)):
        with pytest.raises(InvalidDocument):
            list(nvd.records("x.json", whole[:length], EVERY))
