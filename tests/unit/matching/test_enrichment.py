from __future__ import annotations

import json
from typing import Any

from rig.osv_records import affected, only, record

from bedplate.matching import match
from bedplate.model.package import Package

LOG4J = record(
    "GHSA-jfh8-c2jp-5v3q",
    affected("Maven", "org.apache.logging.log4j:log4j-core", ">=2.13.0", "<2.15.0"),
    aliases=["CVE-2021-44228"],
)
PACKAGE = Package("maven", "org.apache.logging.log4j:log4j-core", "2.14.1")


def test_what_is_known_of_the_cve_whatever_the_package(stores_of: Any) -> None:
    listed = {"cveID": "CVE-2021-44228", "dateAdded": "2021-12-10"}
    stores = stores_of(
        LOG4J,
        record(
            "ALPINE-CVE-2021-44228",
            affected("Alpine:v3.20", "log4j", "<1"),
            upstream=["CVE-2021-44228"],
            severity=[{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}],
        ),
        **{
            "kev.json": json.dumps({"catalogVersion": "2026.08.25", "vulnerabilities": [listed]}),
            "epss.csv": (
                "#model_version:v2025.03.14,score_date:2026-08-25T00:00:00+0000\n"
                "cve,epss,percentile\nCVE-2021-44228,0.94,0.99\n"
            ),
        },
    )
    found = only(match([PACKAGE], stores))
    assert (found.kev, found.epss, found.epss_percentile) == ("2021-12-10", 0.94, 0.99)
    assert found.cvss is not None
    assert (found.cvss.source, found.cvss.score) == ("nvd", 10.0)
    names = [store.name for store in match([PACKAGE], stores).stores]
    assert names == ["epss", "kev", "maven", "ratings"]


def test_without_it_nothing_is_known(stores_of: Any) -> None:
    found = only(match([PACKAGE], stores_of(LOG4J)))
    assert (found.kev, found.epss, found.cvss) == ("", None, None)
