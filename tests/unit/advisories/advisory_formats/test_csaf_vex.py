"""CSAF VEX in the profile of Red Hat."""

from __future__ import annotations

import json
from typing import Any

from bedplate.advisories.advisory_formats import csaf_vex
from bedplate.advisories.record import LeftOut, Record
from bedplate.model.advisory import Status
from bedplate.model.rating import Level
from bedplate.model.skipped import Skipped

EVERY = bool  # every namespace, none of which is empty

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"
STREAM = "nodejs:18:8080020230718080300:63b34585"


def product(identity: str, **helper: str) -> dict[str, Any]:
    return {"product": {"product_id": identity, "product_identification_helper": helper}}


def tie(platform: str, component: str) -> dict[str, Any]:
    return {
        "category": "default_component_of",
        "full_product_name": {"product_id": f"{platform}:{component}"},
        "product_reference": component,
        "relates_to_product_reference": platform,
    }


def document(**vulnerability: Any) -> dict[str, Any]:
    branches = [
        product("BaseOS-9", cpe="cpe:/o:redhat:enterprise_linux:9::baseos"),
        product("AppStream-8", cpe="cpe:/a:redhat:enterprise_linux:8::appstream"),
        product("EUS-9", cpe="cpe:/o:redhat:rhel_eus:9.2::baseos"),
        product("rhel_9", cpe="cpe:/o:redhat:enterprise_linux:9"),
        product(
            "openssl-1:3.0.7-27.el9.x86_64",
            purl="pkg:rpm/redhat/openssl@3.0.7-27.el9?arch=x86_64&epoch=1",
        ),
        product(
            "openssl-1:3.0.7-27.el9.s390x",
            purl="pkg:rpm/redhat/openssl@3.0.7-27.el9?arch=s390x&epoch=1",
        ),
        product("openssl", purl="pkg:rpm/redhat/openssl?arch=src"),
        product(STREAM, purl="pkg:rpmmod/redhat/nodejs@18:8080020230718080300:63b34585"),
        product("nodejs-1:18.1-1.x86_64", purl="pkg:rpm/redhat/nodejs@18.1-1?epoch=1"),
        product("nodejs:16/nodejs", purl="pkg:rpmmod/redhat/nodejs@16"),
    ]
    ties = [
        tie("BaseOS-9", "openssl-1:3.0.7-27.el9.x86_64"),
        tie("BaseOS-9", "openssl-1:3.0.7-27.el9.s390x"),
        tie("EUS-9", "openssl-1:3.0.7-27.el9.x86_64"),
        tie("rhel_9", "openssl"),
        tie("AppStream-8", STREAM),
        tie(f"AppStream-8:{STREAM}", "nodejs-1:18.1-1.x86_64"),
        tie("AppStream-8", "nodejs:16/nodejs"),
    ]
    tracking = {
        "id": "CVE-2024-5535",
        "initial_release_date": "2024-06-27T00:00:00Z",
        "current_release_date": "2026-11-01T00:00:00Z",
    }
    return {
        "document": {"csaf_version": "2.0", "tracking": tracking},
        "product_tree": {"branches": [{"branches": branches}], "relationships": ties},
        "vulnerabilities": [{"cve": "CVE-2024-5535", **vulnerability}],
    }


def read(whole: dict[str, Any]) -> Any:
    content = json.dumps(whole).encode()
    assert csaf_vex.claims("x.json", content)
    (item,) = csaf_vex.records("x.json", content, EVERY)
    return item


def statuses(record: Record) -> list[tuple[str, str, Status, str, tuple[tuple[str, str], ...]]]:
    return [
        (p.namespace, p.name, p.status, p.ranges[0].fixed if p.ranges else "", p.qualifiers)
        for p in record.affected
    ]


def test_a_fix_is_told_once_for_all_architectures_and_not_for_extended_support() -> None:
    fixed = [
        *("BaseOS-9:openssl-1:3.0.7-27.el9.x86_64", "BaseOS-9:openssl-1:3.0.7-27.el9.s390x"),
        "EUS-9:openssl-1:3.0.7-27.el9.x86_64",
    ]
    record = read(document(product_status={"fixed": fixed}))
    assert statuses(record) == [
        (
            *("rpm:rhel:9", "openssl", Status.FIXED, "1:3.0.7-27.el9"),
            (("repository", "baseos"),),
        )
    ]
    assert (record.advisory.id, record.advisory.feed) == ("CVE-2024-5535", "redhat")
    assert record.advisory.modified == "2026-11-01T00:00:00Z"


def test_packages_of_a_module_carry_its_stream() -> None:
    fixed = [f"AppStream-8:{STREAM}:nodejs-1:18.1-1.x86_64"]
    record = read(
        document(
            product_status={"fixed": fixed, "known_affected": ["AppStream-8:nodejs:16/nodejs"]}
        )
    )
    assert [(name, dict(said)["module"]) for _, name, _, _, said in statuses(record)] == [
        ("nodejs", "nodejs:18"),
        ("nodejs", "nodejs:16"),
    ]


def test_states_without_a_fix() -> None:
    def status(category: str, details: str) -> Status:
        remediation = {"category": category, "details": details, "product_ids": ["rhel_9:openssl"]}
        record = read(
            document(
                product_status={"known_affected": ["rhel_9:openssl"]}, remediations=[remediation]
            )
        )
        found: Status = record.affected[0].status
        return found

    assert status("no_fix_planned", "Will not fix") is Status.WILL_NOT_FIX
    assert status("no_fix_planned", "Out of support scope") is Status.END_OF_LIFE
    assert status("none_available", "Fix deferred") is Status.DEFERRED
    assert status("none_available", "Affected") is Status.AFFECTED
    assert status("workaround", "x") is Status.AFFECTED


def test_not_affected_and_under_investigation() -> None:
    record = read(document(product_status={"known_not_affected": ["rhel_9:openssl"]}))
    assert (record.affected[0].status, record.affected[0].ranges) == (Status.NOT_AFFECTED, ())
    record = read(document(product_status={"under_investigation": ["rhel_9:openssl"]}))
    assert record.affected[0].status is Status.UNDER_INVESTIGATION


def test_gravity_in_red_hat_s_word_and_as_cvss() -> None:
    record = read(
        document(
            product_status={"known_affected": ["rhel_9:openssl"]},
            threats=[{"category": "impact", "details": "Important"}],
            scores=[{"cvss_v3": {"vectorString": VECTOR}, "products": []}],
        )
    )
    word, cvss = record.advisory.ratings
    assert (word.level, word.score) == (Level.HIGH, None)
    assert (cvss.score, cvss.source) == (7.5, "redhat")


def test_products_that_are_in_no_image_are_left_out() -> None:
    assert isinstance(read(document(product_status={"known_affected": ["other"]})), LeftOut)


def test_a_document_cut_off_anywhere_is_skipped() -> None:
    whole = json.dumps(document(product_status={"known_affected": ["rhel_9:openssl"]})).encode()
    for length in range(0, len(whole), 7):
        (item,) = csaf_vex.records("x.json", whole[:length], EVERY)
        assert isinstance(item, Skipped)


def test_relationships_in_a_circle_end() -> None:
    whole = document(product_status={"known_affected": ["a:b"]})
    whole["product_tree"]["relationships"] = [
        {
            "full_product_name": {"product_id": "a:b"},
            "product_reference": "b",
            "relates_to_product_reference": "a:b",
        }
    ]
    assert isinstance(read(whole), LeftOut)
