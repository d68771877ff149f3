from __future__ import annotations

from typing import Any

import pytest
from rig.osv_records import affected, apk, ids, only, record

from bedplate.matching import match
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package

OPENSSL = record(
    "ALPINE-CVE-2024-5535",
    affected("Alpine:v3.20", "openssl", "<3.3.1-r1"),
    upstream=["CVE-2024-5535"],
)


@pytest.mark.parametrize("name", ["libcrypto3", "libssl3", "openssl"])
def test_subpackages_share_the_origins_version(stores_of: Any, name: str) -> None:
    stores = stores_of(OPENSSL)
    found = only(match([apk(name, "3.3.0-r2", "openssl")], stores))
    assert (found.component, found.fixed) == ("openssl", ("3.3.1-r1",))
    assert not match([apk(name, "3.3.1-r1", "openssl")], stores).findings


def test_a_list_without_origins_finds_those_of_known_packages(stores_of: Any) -> None:
    assert ids(match([apk("libcrypto3", "3.3.0-r2")], stores_of(OPENSSL))) == ["CVE-2024-5535"]


def test_branches_are_told_apart(stores_of: Any) -> None:
    stores = stores_of(
        OPENSSL,
        record(
            "ALPINE-CVE-2024-9143",
            affected("Alpine:edge", "openssl", "<3.3.2-r3"),
            affected("Alpine:v3.19", "openssl", "<3.1.7-r1"),
            upstream=["CVE-2024-9143"],
        ),
    )
    edge = apk("openssl", "3.3.0-r2", "openssl", distro="alpine-3.21.0_alpha20240807")
    assert ids(match([edge], stores)) == ["CVE-2024-9143"]
    old = DistroRelease("alpine", "Alpine Linux", "3.19.4")
    assert ids(match([apk("openssl", "3.1.7-r0", "openssl")], stores, distro=old)) == [
        "CVE-2024-9143"
    ]


def test_what_never_was_in_a_branch(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "ALPINE-CVE-2019-3466",
            affected(
                "Alpine:v3.20", "postgresql-common", database_specific={"status": "not_affected"}
            ),
            upstream=["CVE-2019-3466"],
        )
    )
    assert not match([apk("postgresql-common", "1.2-r0", "postgresql-common")], stores).findings


def test_a_beginning_after_the_end_is_none(stores_of: Any) -> None:
    stores = stores_of(
        record(
            "ALPINE-CVE-2021-42374",
            affected("Alpine:v3.20", "busybox", ">=1.32.0", "<1.31.1-r20"),
            upstream=["CVE-2021-42374"],
        )
    )
    assert not match([apk("busybox", "1.36.1-r29", "busybox")], stores).findings
    assert match([apk("busybox", "1.31.1-r19", "busybox")], stores).findings


def test_wolfi_speaks_of_packages_and_of_origins(stores_of: Any) -> None:
    stores = stores_of(
        record("CGA-1", affected("Wolfi", "openssl", "<3.3.1-r1"), aliases=["CVE-2024-5535"]),
        record("CGA-2", affected("Wolfi", "libssl3", "<3.3.2-r0"), aliases=["CVE-2024-9143"]),
    )
    package = Package(
        "apk",
        "libssl3",
        "3.3.0-r9",
        source_name="openssl",
        purl="pkg:apk/wolfi/libssl3@3.3.0-r9?distro=wolfi-20230201",
    )
    assert ids(match([package], stores)) == ["CVE-2024-5535", "CVE-2024-9143"]
