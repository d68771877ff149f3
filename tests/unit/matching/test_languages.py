from __future__ import annotations

from typing import Any

import pytest
from rig.osv_records import affected, apk, deb, ids, only, record, rpm

from bedplate.matching import match
from bedplate.model.package import Package

URLLIB3 = (
    record(
        "GHSA-g4mx-q9vg-27p4",
        affected("PyPI", "urllib3", ">=2.0.0", "<2.0.7"),
        affected("PyPI", "urllib3", "<1.26.18"),
        aliases=["CVE-2023-45803"],
        database_specific={"severity": "MODERATE"},
    ),
    record(
        "PYSEC-2023-212",
        affected("PyPI", "urllib3", ">=2.0.0", "<2.0.8"),
        aliases=["CVE-2023-45803", "GHSA-g4mx-q9vg-27p4"],
        severity=[{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
    ),
)


@pytest.mark.parametrize(
    ("kind", "name", "record_", "old", "new"),
    [
        (
            "npm",
            "cross-spawn",
            record(
                "GHSA-3xgq-45jj-v275",
                affected("npm", "cross-spawn", ">=7.0.0", "<7.0.5"),
                aliases=["CVE-2024-21538"],
            ),
            "7.0.3",
            "7.0.5",
        ),
        (
            "golang",
            "golang.org/x/crypto",
            record(
                "GO-2024-3321",
                affected("Go", "golang.org/x/crypto", "<0.31.0"),
                aliases=["CVE-2024-45337"],
            ),
            "v0.16.0",
            "v0.31.0",
        ),
        (
            "maven",
            "org.apache.logging.log4j:log4j-core",
            record(
                "GHSA-jfh8-c2jp-5v3q",
                affected("Maven", "org.apache.logging.log4j:log4j-core", ">=2.13.0", "<2.15.0"),
                aliases=["CVE-2021-44228"],
            ),
            "2.14.1",
            "2.15.0",
        ),
        (
            "gem",
            "rexml",
            record(
                "GHSA-vg3r-rm7w-2xgh",
                affected("RubyGems", "rexml", "<3.2.7"),
                aliases=["CVE-2024-35176"],
            ),
            "3.2.5",
            "3.2.7",
        ),
        (
            "cargo",
            "openssl",
            record(
                "RUSTSEC-2025-0004",
                affected("crates.io", "openssl", "<0.10.70"),
                aliases=["CVE-2025-24898"],
            ),
            "0.10.40",
            "0.10.70",
        ),
        (
            "composer",
            "symfony/http-kernel",
            record(
                "GHSA-h7vf-5wrv-9fhv",
                affected("Packagist", "symfony/http-kernel", ">=5.0.0", "<5.4.20"),
                aliases=["CVE-2022-24894"],
            ),
            "v5.4.10",
            "v5.4.20",
        ),
        (
            "nuget",
            "newtonsoft.json",
            record(
                "GHSA-5crp-9r3c-p9vr",
                affected("NuGet", "Newtonsoft.Json", "<13.0.1"),
                aliases=["CVE-2024-21907"],
            ),
            "12.0.3",
            "13.0.1",
        ),
    ],
)
def test_a_fixed_one(
    stores_of: Any, kind: str, name: str, record_: dict[str, Any], old: str, new: str
) -> None:
    stores = stores_of(record_)
    found = only(match([Package(kind, name, old)], stores))
    assert found.vulnerability == record_["aliases"][0]
    assert record_["id"] in found.aliases
    assert found.fixed == (new.removeprefix("v"),)
    assert not match([Package(kind, name, new)], stores).findings


def test_two_feeds_on_one_vulnerability_give_one_finding(stores_of: Any) -> None:
    stores = stores_of(*URLLIB3)
    found = only(match([Package("pypi", "urllib3", "2.0.6")], stores))
    assert found.vulnerability == "CVE-2023-45803"
    assert found.aliases == ("GHSA-g4mx-q9vg-27p4", "PYSEC-2023-212")
    assert [one.advisory for one in found.witnesses] == list(found.aliases)
    assert found.fixed == ("2.0.7", "2.0.8")
    # GitHub's word counts where vendors are asked, the score where CVSS is
    assert found.level("vendor").word == "medium"
    assert found.level("cvss").word == "critical"


def test_a_version_that_one_of_them_calls_vulnerable_is(stores_of: Any) -> None:
    stores = stores_of(*URLLIB3)
    assert ids(match([Package("pypi", "urllib3", "2.0.7")], stores)) == ["CVE-2023-45803"]
    assert not match([Package("pypi", "urllib3", "1.26.18")], stores).findings


def test_names_of_python_packages_are_normalised(stores_of: Any) -> None:
    stores = stores_of(
        record("PYSEC-2024-1", affected("PyPI", "zope.interface", "<5"), aliases=["CVE-2024-1001"])
    )
    assert match([Package("pypi", "Zope_Interface", "4.0")], stores).findings


def test_a_fix_in_one_branch_fixes_no_other(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "GHSA-mh99-v99m-4gvg",
            affected("npm", "brace-expansion", "<1.1.17"),
            affected("npm", "brace-expansion", ">=2.0.0", "<2.1.3"),
            affected("npm", "brace-expansion", ">=5.0.0", "<5.0.8"),
            aliases=["CVE-2026-14257"],
        )
    )

    def fixed(version: str) -> list[tuple[str, ...]]:
        result = match([Package("npm", "brace-expansion", version)], stores)
        return [one.fixed for one in result.findings]

    assert fixed("1.1.17") == fixed("2.1.3") == []
    assert fixed("2.0.1") == [("2.1.3",)]
    assert fixed("5.0.8-rc.1") == [("5.0.8",)]


def test_what_npm_brings_along_is_told_apart_from_the_same_package_elsewhere(
    stores_of: Any,
) -> None:
    stores = stores_of(
        record("GHSA-34x7-hfp2-rc4v", affected("npm", "tar", "<7.5.7"), aliases=["CVE-2026-24842"])
    )
    bundled = Package("npm", "tar", "6.2.1", location="a/package.json", bundled_in="npm@10.8.2")
    own = Package("npm", "tar", "6.2.1", location="app/node_modules/tar/package.json")
    found = match([bundled, own], stores).findings
    assert [one.bundled_in for one in found] == ["", "npm@10.8.2"]


def test_an_advisory_without_a_cve_keeps_the_id_that_people_know(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "RUSTSEC-2023-0022",
            affected("crates.io", "openssl", "<0.10.48"),
            aliases=["GHSA-3gxf-9r58-2ghg"],
        )
    )
    found = only(match([Package("cargo", "openssl", "0.10.40")], stores))
    assert found.vulnerability == "GHSA-3gxf-9r58-2ghg"
    assert found.aliases == ("RUSTSEC-2023-0022",)


def test_an_id_is_joined_to_the_cve_that_another_feed_knows(stores_of: Any) -> None:
    stores = stores_of(
        record("GHSA-aaaa-bbbb-cccc", affected("PyPI", "x", "<2")),
        record(
            "PYSEC-2024-1",
            affected("PyPI", "x", "<2"),
            aliases=["CVE-2024-1001", "GHSA-aaaa-bbbb-cccc"],
        ),
    )
    assert only(match([Package("pypi", "x", "1")], stores)).vulnerability == "CVE-2024-1001"


def test_related_vulnerabilities_are_two(stores_of: Any) -> None:
    stores = stores_of(
        *(
            record(name, affected("PyPI", "x", "<2"), aliases=[cve], related=["CVE-2024-1001"])
            for name, cve in (("GHSA-a", "CVE-2024-1001"), ("GHSA-b", "CVE-2024-1002"))
        )
    )
    assert ids(match([Package("pypi", "x", "1")], stores)) == ["CVE-2024-1001", "CVE-2024-1002"]


def test_an_advisory_with_two_cves_is_one_finding_and_joins_no_others(stores_of: Any) -> None:
    stores = stores_of(
        record("GHSA-a", affected("PyPI", "x", "<2"), aliases=["CVE-2024-1001", "CVE-2024-1002"]),
        record("PYSEC-b", affected("PyPI", "x", "<2"), aliases=["CVE-2024-1002", "GHSA-a"]),
        record("GHSA-c", affected("PyPI", "x", "<2"), aliases=["CVE-2024-1003"]),
    )
    assert ids(match([Package("pypi", "x", "1")], stores)) == ["CVE-2024-1002", "CVE-2024-1003"]


def test_what_was_withdrawn_is_not_there(stores_of: Any) -> None:
    stores = stores_of(
        record("GHSA-a", affected("npm", "x", "<2"), withdrawn="2024-01-01T00:00:00Z"),
        record("GHSA-b", affected("npm", "y", "<2")),
    )
    assert not match([Package("npm", "x", "1.0.0")], stores).findings


def test_go_modules_without_a_fix_are_of_low_confidence(stores_of: Any) -> None:
    stores = stores_of(
        record("GO-2024-1", affected("Go", "example.com/x"), aliases=["CVE-2024-1001"])
    )
    found = only(match([Package("golang", "example.com/x", "v1.2.3")], stores))
    assert found.confidence == "low"


def test_a_go_program_of_a_work_tree_has_no_version(stores_of: Any) -> None:
    stores = stores_of(record("GO-2024-1", affected("Go", "example.com/x")))
    result = match([Package("golang", "example.com/x", "(devel)")], stores)
    assert not result.findings
    assert "work tree" in result.unmatched[0].reason


def test_the_standard_library_of_go(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "GO-2024-2887",
            affected("Go", "stdlib", ">=0", "<1.21.11", ">=1.22.0-0", "<1.22.4"),
            aliases=["CVE-2024-24790"],
        ),
        record(
            "GO-2024-9",
            affected(
                "Go",
                "stdlib",
                "<1.30.0",
                ecosystem_specific={"imports": [{"path": "os", "goos": ["windows"]}]},
            ),
            aliases=["CVE-2024-1009"],
        ),
    )
    assert ids(match([Package("golang", "stdlib", "1.21.5")], stores)) == ["CVE-2024-24790"]
    assert not match([Package("golang", "stdlib", "go1.22.4 X:boringcrypto")], stores).findings


def test_merged_archives_are_of_low_confidence_and_nameless_ones_are_told(stores_of: Any) -> None:
    stores = stores_of(record("GHSA-a", affected("Maven", "g:a", "<2")))
    merged = only(match([Package("maven", "g:a", "1", section="shaded")], stores))
    assert merged.confidence == "low"
    result = match([Package("maven", "a", "1")], stores)
    assert not result.findings
    assert "group" in result.unmatched[0].reason


def test_kinds_without_advisories_are_told_once(stores_of: Any) -> None:
    stores = stores_of(record("GHSA-a", affected("npm", "x", "<2")))
    packages = [Package("conda", name, "1.0") for name in "abcde"]
    (told,) = match(packages, stores).unmatched
    assert told.what == "5 conda packages (a 1.0, b 1.0, c 1.0, ...)"


def test_a_python_package_of_debian_is_debians(stores_of: Any) -> None:
    stores = stores_of(*URLLIB3)
    place = "usr/lib/python3/dist-packages/urllib3-2.0.6.egg-info"
    package = Package("pypi", "urllib3", "2.0.6", location=place)
    system = deb("python3-urllib3", "2.0.6-1", "python-urllib3", files=(place,))
    assert not match([package, system], stores).findings
    # the same where a list does not tell who owns which file
    told_less = deb("python3-urllib3", "2.0.6-1", "python-urllib3")
    assert not match([package, told_less], stores).findings
    elsewhere = Package("pypi", "urllib3", "2.0.6", location="usr/local/lib/x/METADATA")
    assert match([elsewhere, system], stores).findings


def test_what_a_third_party_packages_is_not_the_distributions(stores_of: Any) -> None:
    stores = stores_of(record("GHSA-a", affected("npm", "npm", "<11"), aliases=["CVE-2024-1001"]))
    place = "usr/lib/node_modules/npm/package.json"
    package = Package("npm", "npm", "10.8.2", location=place)
    foreign = deb("nodejs", "20.11.1-1nodesource1", files=(place,))
    assert ids(match([package, foreign], stores)) == ["CVE-2024-1001"]


@pytest.mark.parametrize(
    ("system", "place", "is_own"),
    [
        ("py3-urllib3", "usr/lib/python3.12/site-packages/urllib3-2.0.6.dist-info/METADATA", True),
        ("py3-pip", "usr/lib/python3.12/site-packages/urllib3-2.0.6.dist-info/METADATA", False),
        ("py3-urllib3", "app/lib/python3.12/site-packages/urllib3-2.0.6.dist-info/METADATA", False),
    ],
)
def test_alpines_packages_are_told_from_pips_by_their_names(
    stores_of: Any,
    system: str,
    place: str,
    is_own: bool,  # noqa: FBT001
) -> None:
    package = Package("pypi", "urllib3", "2.0.6", location=place)
    result = match([package, apk(system, "2.0.6-r0", system)], stores_of(*URLLIB3))
    assert bool(result.findings) is not is_own


def test_packages_in_the_python_of_rpm_are_the_distributions(stores_of: Any) -> None:
    stores = stores_of(*URLLIB3)
    place = "usr/lib/python3.9/site-packages/urllib3-2.0.6.dist-info/METADATA"
    system = rpm("python3-libs", "3.9.21-2.el9", "python3.9")
    packages = [Package("pypi", "urllib3", "2.0.6", location=place), system]
    assert not match(packages, stores).findings
    local = Package("pypi", "urllib3", "2.0.6", location=f"usr/local/{place[4:]}")
    assert match([local, system], stores).findings


def test_the_revision_of_a_bitnami_image_is_no_part_of_the_version(stores_of: Any) -> None:
    stores = stores_of(
        record("BIT-1", affected("Bitnami", "node", "<22.1.0"), aliases=["CVE-2024-1"])
    )
    package = Package("bitnami", "node", "22.1.0-0", purl="pkg:bitnami/node@22.1.0-0")
    assert not match([package], stores).findings
    older = Package("bitnami", "node", "22.0.0-3", purl="pkg:bitnami/node@22.0.0-3")
    assert len(match([older], stores).findings) == 1


def test_a_gem_s_platform_is_no_part_of_its_version_and_a_prerelease_is(stores_of: Any) -> None:
    stores = stores_of(record("GHSA-1", affected("RubyGems", "a", "<4.0.0-rc.1")))

    def found(version: str) -> list[str]:
        return ids(match([Package("gem", "a", version, purl=f"pkg:gem/a@{version}")], stores))

    assert found("3.9.0-x86_64-linux-gnu") == found("4.0.0-beta.1") == ["GHSA-1"]
    assert found("4.0.0-java") == found("4.0.0-rc.1") == []
