from __future__ import annotations

import json
from typing import Any

import pytest
from rig.osv_records import affected, deb, ids, only, record

from bedplate.matching import MatchOptions, match
from bedplate.model.advisory import Status
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package

TASN1 = record(
    "DEBIAN-CVE-2024-12133",
    affected("Debian:12", "libtasn1-6", "<4.19.0-2+deb12u1"),
    upstream=["CVE-2024-12133"],
)
ZLIB = record(
    "DEBIAN-CVE-2023-45853",
    affected("Debian:12", "zlib"),
    affected("Debian:13", "zlib", "<1:1.3.dfsg-2"),
    upstream=["CVE-2023-45853"],
)


def test_a_fixed_one(stores_of: Any) -> None:
    stores = stores_of(TASN1)
    old = only(match([deb("libtasn1-6", "4.19.0-2")], stores))
    assert (old.vulnerability, old.fixed) == ("CVE-2024-12133", ("4.19.0-2+deb12u1",))
    assert old.status is Status.FIXED
    assert not match([deb("libtasn1-6", "4.19.0-2+deb12u1")], stores).findings


def test_an_open_one_and_one_that_the_release_fixed_before(stores_of: Any) -> None:
    stores = stores_of(ZLIB)
    found = only(match([deb("zlib1g", "1:1.2.13.dfsg-1", "zlib")], stores))
    assert found.status is Status.AFFECTED
    assert not found.fixable
    trixie = deb("zlib1g", "1:1.3.dfsg+really1.3.1-1", "zlib", distro="debian-13")
    assert not match([trixie], stores).findings


def test_the_version_of_the_source_counts_not_that_of_the_binary(stores_of: Any) -> None:
    stores = stores_of(
        record("DSA-1-1", affected("Debian:12", "lvm2", "<2.03.16-2"), upstream=["CVE-2024-1001"])
    )
    # dmsetup has an epoch and a version of its own
    fixed = deb("dmsetup", "2:1.02.185-2", "lvm2", "2.03.16-2")
    assert not match([fixed], stores).findings
    assert ids(match([deb("dmsetup", "2:1.02.185-1", "lvm2", "2.03.16-1")], stores))


def test_a_rebuild_of_the_same_source_is_as_good_as_the_source(stores_of: Any) -> None:
    stores = stores_of(
        record("DSA-1-1", affected("Debian:12", "tool", "<1.0-2+b1"), upstream=["CVE-2024-1001"])
    )
    assert ids(match([deb("tool", "1.0-2+b1")], stores)) == ["CVE-2024-1001"]


def test_a_version_that_was_built_for_the_release_has_what_it_was_built_from(
    stores_of: Any,
) -> None:
    stores = stores_of(
        record(
            "DEBIAN-CVE-2021-46310",
            affected("Debian:12", "djvulibre", "<3.5.28-2.2"),
            upstream=["CVE-2021-46310"],
        ),
        record(
            "DSA-1-1",
            affected("Debian:12", "djvulibre", "<3.5.28-2.2~deb12u2"),
            upstream=["CVE-2024-1001"],
        ),
    )
    packages = [deb("libdjvulibre21", "3.5.28-2.2~deb12u1", "djvulibre")]
    assert ids(match(packages, stores)) == ["CVE-2024-1001"]
    assert ids(match([deb("libdjvulibre21", "3.5.28-2", "djvulibre")], stores)) == [
        "CVE-2021-46310",
        "CVE-2024-1001",
    ]


def test_one_finding_for_all_packages_of_a_source(stores_of: Any) -> None:
    packages = [
        deb(name, "3.0.11-1~deb12u2", "openssl", "3.0.11-1~deb12u2")
        for name in ("openssl", "libssl3")
    ]
    stores = stores_of(
        record(
            "DSA-5764-1",
            affected("Debian:12", "openssl", "<3.0.14-1~deb12u2"),
            upstream=["CVE-2024-6119"],
        )
    )
    found = only(match(packages, stores))
    assert found.component == "openssl"
    assert [package.name for package in found.packages] == ["libssl3", "openssl"]


def test_a_list_without_sources_finds_those_of_known_packages(stores_of: Any) -> None:
    assert ids(match([deb("zlib1g", "1:1.2.13.dfsg-1")], stores_of(ZLIB))) == ["CVE-2023-45853"]


def test_what_is_unimportant_is_told_apart(stores_of: Any) -> None:
    perl = affected("Debian:12", "perl", ecosystem_specific={"urgency": "unimportant"})
    stores = stores_of(record("DEBIAN-CVE-2011-4116", perl, upstream=["CVE-2011-4116"]))
    packages = [deb("perl-base", "5.36.0-7+deb12u1", "perl")]
    result = match(packages, stores)
    assert not result.findings
    (hidden,) = result.suppressed
    assert hidden.suppression is not None
    assert (hidden.suppression.by, hidden.suppression.source) == ("policy", "unimportant")
    assert hidden.level("vendor").word == "negligible"
    assert ids(match(packages, stores, options=MatchOptions(frozenset()))) == ["CVE-2011-4116"]


@pytest.mark.parametrize("name", ["linux-libc-dev", "linux-headers-6.1.0-18-amd64"])
def test_headers_of_the_kernel_are_told_apart(stores_of: Any, name: str) -> None:
    stores = stores_of(
        record(
            "DEBIAN-CVE-2024-41081",
            affected("Debian:12", "linux", "<6.1.106-1"),
            upstream=["CVE-2024-41081"],
        )
    )
    result = match([deb(name, "6.1.90-1", "linux")], stores)
    assert not result.findings
    assert len(result.suppressed) == 1
    kernel = deb("linux-image-6.1.0-18-amd64", "6.1.90-1", "linux")
    assert ids(match([kernel], stores)) == ["CVE-2024-41081"]


def test_the_end_of_a_release_is_a_state(stores_of: Any) -> None:
    gpac = affected("Debian:11", "gpac", ecosystem_specific={"urgency": "end-of-life"})
    stores = stores_of(record("DEBIAN-CVE-2023-2837", gpac, upstream=["CVE-2023-2837"]))
    found = only(match([deb("gpac", "1.0.1", distro="debian-11")], stores))
    assert found.status is Status.END_OF_LIFE


def test_the_highest_of_several_fixes_counts(stores_of: Any) -> None:
    stores = stores_of(
        *(
            record(name, affected("Debian:12", "turba", fix), upstream=["CVE-2022-30287"])
            for name, fix in (("DSA-1-1", "<4.2.25-5"), ("DLA-2-1", "<4.2.25-6"))
        )
    )
    assert only(match([deb("turba", "4.2.25-5")], stores)).fixed == ("4.2.25-6",)
    assert only(match([deb("turba", "4.2.25-4")], stores)).fixed == ("4.2.25-6",)


def test_an_update_that_is_installed_overrules_an_open_state(stores_of: Any) -> None:
    stores = stores_of(
        record("DEBIAN-CVE-2024-1001", affected("Debian:12", "x"), upstream=["CVE-2024-1001"]),
        record("DSA-1-1", affected("Debian:12", "x", "<1.0-2"), upstream=["CVE-2024-1001"]),
    )
    assert not match([deb("x", "1.0-2")], stores).findings
    assert only(match([deb("x", "1.0-1")], stores)).fixed == ("1.0-2",)


@pytest.mark.parametrize(
    ("name", "version", "vendor"),
    [
        ("nodejs", "20.11.1-1nodesource1", ""),
        ("nginx", "1.28.0-1~bookworm", ""),
        ("postgresql-16", "16.2-1.pgdg120+2", ""),
        ("docker-ce", "5:25.0.3-1~debian.12~bookworm", ""),
        ("mariadb-server", "1:11.2.2+maria~deb12", ""),
        ("php8.2", "8.2.15-1+0~20240118.1+debian12~1.gbp", ""),
        ("nginx", "1.28.0-1", "NGINX Packaging <nginx-packaging@f5.com>"),
    ],
)
def test_packages_of_others_are_not_held_against_debian(
    stores_of: Any, name: str, version: str, vendor: str
) -> None:
    stores = stores_of(record("DEBIAN-CVE-2024-1001", affected("Debian:12", name)))
    result = match([deb(name, version, vendor=vendor)], stores)
    assert not result.findings
    (left_out,) = result.unmatched
    assert left_out.what == f"{name} {version}"
    assert "not of the distribution" in left_out.reason


@pytest.mark.parametrize(
    "version", ["1.2-1~deb12u1", "1.2-1~bpo12+1", "1.2+dfsg-1.1", "1:1.2~rc1-3+b2"]
)
def test_versions_of_debian_are_debians(stores_of: Any, version: str) -> None:
    stores = stores_of(record("DEBIAN-CVE-2024-1001", affected("Debian:12", "x")))
    people = "Jane Doe <jane@debian.org>"
    assert match([deb("x", version, vendor=people)], stores).findings


def test_distroless_is_debian(stores_of: Any) -> None:
    distroless = DistroRelease("distroless", "Distroless (Debian)", "12.11", base_id="debian")
    package = deb("libtasn1-6", "4.19.0-2", distro="nothing")
    assert match([package], stores_of(TASN1), distro=distroless).findings


@pytest.mark.parametrize(
    "release",
    [
        DistroRelease("debian", "Debian", "trixie/sid", "trixie"),
        DistroRelease("debian", "Debian", "trixie/sid"),
        DistroRelease("debian", "Debian", "", "trixie"),
    ],
)
def test_a_release_that_was_not_yet_released_is_told_by_its_codename(
    stores_of: Any, release: DistroRelease
) -> None:
    package = deb("zlib1g", "1:1.3.dfsg-1", "zlib", distro="nothing")
    assert ids(match([package], stores_of(ZLIB), distro=release)) == ["CVE-2023-45853"]


def test_a_derivative_is_not_debian(stores_of: Any) -> None:
    package = deb("libtasn1-6", "4.19.0-2", distro="raspbian-12")
    result = match([package], stores_of(TASN1))
    assert not result.findings
    assert result.unmatched[0].reason == "no advisories for this distribution"


def test_a_release_without_a_store_is_told(stores_of: Any) -> None:
    result = match([deb("zlib1g", "1:1.2", "zlib", distro="debian-10")], stores_of(TASN1))
    assert "debian-10" in result.unmatched[0].reason


def test_a_version_that_is_none_is_told_and_never_compared_as_text(stores_of: Any) -> None:
    result = match([deb("libtasn1-6", "not a version")], stores_of(TASN1))
    assert not result.findings
    assert result.unmatched[0].what == "libtasn1-6 not a version"


def test_documentation_has_no_vulnerabilities(stores_of: Any) -> None:
    result = match([deb("libtasn1-6-doc", "4.19.0-2", "libtasn1-6")], stores_of(TASN1))
    assert not result.findings
    assert [one.suppression.source for one in result.suppressed if one.suppression] == [
        "documentation"
    ]


def test_the_day_of_the_erratum_is_that_of_the_fix(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "DSA-5863-1",
            affected("Debian:12", "libtasn1-6", "<4.19.0-2+deb12u1"),
            upstream=["CVE-2024-12133"],
            published="2025-02-14T10:00:00Z",
        )
    )
    assert only(match([deb("libtasn1-6", "4.19.0-2")], stores)).fix_date == "2025-02-14"


def test_the_day_of_an_update_that_did_not_close_it_is_not(stores_of: Any) -> None:
    stores = stores_of(
        *(
            record(
                name,
                affected("Debian:12", "turba", fix),
                upstream=["CVE-2022-30287"],
                published=day,
            )
            for name, fix, day in (
                ("DSA-1-1", "<4.2.25-5", "2022-06-01"),
                ("DSA-1-2", "<4.2.25-6", "2022-07-01"),
            )
        )
    )
    assert only(match([deb("turba", "4.2.25-4")], stores)).fix_date == "2022-07-01"


def test_the_order_of_packages_makes_no_difference(stores_of: Any) -> None:
    stores = stores_of(TASN1, ZLIB)
    packages = [deb("zlib1g", "1:1.2.13.dfsg-1", "zlib"), deb("libtasn1-6", "4.19.0-2")]
    assert match(packages, stores) == match(packages[::-1], stores)


def test_one_store_is_enough_and_names_the_release(stores_of: Any) -> None:
    store = stores_of(TASN1).named("debian-12")
    assert ids(match([Package("deb", "libtasn1-6", "4.19.0-2")], store)) == ["CVE-2024-12133"]
    other = match([deb("libtasn1-6", "4.19.0-2", distro="debian-11")], store)
    assert not other.findings
    assert other.unmatched


def test_a_backport_of_what_unstable_fixed_is_safe_and_the_release_has_no_fix(
    stores_of: Any,
) -> None:
    releases = {
        "bookworm": {"status": "open", "repositories": {}},
        "sid": {"status": "resolved", "fixed_version": "3.3.2-1", "repositories": {}},
    }
    tracker = {"openssl": {"CVE-2024-9143": {"releases": releases}}}
    stores = stores_of(**{"tracker.json": json.dumps(tracker)})
    found = only(match([deb("openssl", "3.0.15-1~deb12u1")], stores))
    assert (found.status, found.fixed) == (Status.AFFECTED, ())
    assert match([deb("openssl", "3.3.1-1~bpo12+1")], stores).findings
    assert not match([deb("openssl", "3.3.2-1~bpo12+1")], stores).findings


def test_cves_that_a_record_lumps_together_are_vulnerabilities_each(stores_of: Any) -> None:
    cves = ["CVE-2022-26945", "CVE-2022-30321"]
    stores = stores_of(record("DEBIAN-CVE-2022-26945", affected("Debian:12", "a"), upstream=cves))
    assert ids(match([deb("a", "1.0-1")], stores)) == cves
