from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidDocument
from bedplate.matching.vex import read_vex
from bedplate.matching.vex_matching import apply_vex
from bedplate.model.finding import Suppression
from bedplate.model.vex import VexStatus
from bedplate.testing.sample_scan import sample_findings

FOUND = sample_findings()[0]
DIGEST = "sha256:" + "a" * 64
IMAGE = ("docker.io/library/app:1.0", DIGEST)
LIBSSL, OPENSSL = FOUND.packages


def openvex(*statements: dict[str, Any]) -> bytes:
    return json.dumps(
        {
            "@context": "https://openvex.dev/ns/v0.2.0",
            "author": "Jane Doe",
            "timestamp": "2026-01-01T00:00:00Z",
            "statements": statements,
        }
    ).encode()


def said(products: Any, status: str = "not_affected", **extra: Any) -> dict[str, Any]:
    vulnerability = {"name": FOUND.vulnerability}
    return {"vulnerability": vulnerability, "products": products, "status": status, **extra}


def silenced(*documents: bytes, image: tuple[str, ...] = IMAGE) -> bool:
    statements = [one for text in documents for one in read_vex(text, "vex.json")]
    (finding,) = apply_vex([FOUND], statements, image)
    return finding.suppression is not None


@pytest.mark.parametrize(
    ("product", "holds"),
    [
        ({"@id": DIGEST}, True),
        ({"@id": f"pkg:oci/app@{DIGEST.replace(':', '%3A')}"}, True),
        ({"@id": "pkg:oci/app@sha256%3A" + "b" * 64}, False),
        ({"@id": "pkg:oci/app?repository_url=docker.io/library/app&tag=1.0"}, True),
        ({"@id": "pkg:oci/app?repository_url=docker.io/library/app"}, True),
        ({"@id": "pkg:oci/app?repository_url=docker.io/library/other"}, False),
        ({"@id": "app:1.0"}, True),
        ({"@id": "app:1.1"}, False),
        ({"@id": "x", "hashes": {"sha-256": "a" * 64}}, True),
        ("docker.io/library/app:1.0", True),
        ({"@id": DIGEST, "subcomponents": [{"@id": "pkg:deb/debian/libssl3"}]}, False),
        (
            {
                "@id": DIGEST,
                "subcomponents": [
                    {"@id": "pkg:deb/debian/libssl3"},
                    {"@id": "pkg:deb/debian/openssl"},
                ],
            },
            True,
        ),
        ({"@id": DIGEST, "subcomponents": [{"@id": "pkg:deb/debian/openssl?arch=source"}]}, True),
        ({"@id": DIGEST, "subcomponents": [{"@id": "pkg:npm/tar"}]}, False),
        ({"@id": DIGEST, "subcomponents": [{}]}, False),
        ({"@id": f"pkg:deb/debian/openssl@{FOUND.version}?arch=source"}, True),
        ({"@id": "pkg:deb/debian/openssl@1.0?arch=source"}, False),
        ({}, False),
    ],
)
def test_what_a_statement_is_about(product: Any, holds: bool) -> None:  # noqa: FBT001
    assert silenced(openvex(said([product]))) is holds


@pytest.mark.parametrize(
    ("status", "holds"),
    [
        ("not_affected", True),
        ("fixed", True),
        ("affected", False),
        ("under_investigation", False),
        ("nonsense", False),
    ],
)
def test_states(status: str, holds: bool) -> None:  # noqa: FBT001
    assert silenced(openvex(said([{"@id": DIGEST}], status))) is holds


def test_the_reason_is_that_of_the_document() -> None:
    text = openvex(
        said(
            [{"@id": DIGEST}],
            justification="vulnerable_code_not_in_execute_path",
            impact_statement="no TLS here",
        )
    )
    (found,) = apply_vex([FOUND], read_vex(text, "vex.json"), IMAGE)
    assert found.suppression is not None
    assert found.suppression.reason == (
        "not affected: vulnerable code not in execute path: no TLS here"
    )
    assert (found.suppression.source, found.suppression.owner) == ("vex.json", "Jane Doe")


def test_the_latest_statement_counts() -> None:
    early = said([{"@id": DIGEST}], timestamp="2026-01-02T00:00:00Z")
    late = said([{"@id": DIGEST}], "affected", timestamp="2026-01-03T00:00:00Z")
    assert not silenced(openvex(late, early))
    assert silenced(openvex(early), openvex(late | {"timestamp": "2026-01-01T12:00:00Z"}))


def test_a_statement_may_use_another_name() -> None:
    named = said([{"@id": DIGEST}])
    named["vulnerability"] = {"name": "GHSA-x", "aliases": [FOUND.vulnerability.lower()]}
    assert silenced(openvex(named))
    named["vulnerability"] = "CVE-1999-0001"
    assert not silenced(openvex(named))


def test_an_attestation_is_unwrapped() -> None:
    inside = json.loads(openvex(said([{"@id": DIGEST}])))
    statement = {"predicateType": "https://openvex.dev/ns", "predicate": inside}
    assert silenced(json.dumps(statement).encode())


def csaf(status: str = "known_not_affected", **tree: Any) -> bytes:
    tree = tree or {
        "branches": [
            {
                "branches": [
                    {
                        "product": {
                            "product_id": "openssl-src",
                            "product_identification_helper": {
                                "purl": f"pkg:deb/debian/openssl@{FOUND.version}?arch=source"
                            },
                        }
                    },
                    {"product": {"product_id": "debian-12", "name": "Debian 12"}},
                ]
            }
        ],
        "relationships": [
            {
                "product_reference": "openssl-src",
                "relates_to_product_reference": "debian-12",
                "full_product_name": {"product_id": "debian-12:openssl"},
            }
        ],
    }
    return json.dumps(
        {
            "document": {
                "csaf_version": "2.0",
                "publisher": {"name": "Vendor"},
                "tracking": {"current_release_date": "2026-01-01T00:00:00Z"},
            },
            "product_tree": tree,
            "vulnerabilities": [
                {
                    "cve": FOUND.vulnerability,
                    "product_status": {status: ["debian-12:openssl"]},
                    "flags": [
                        {
                            "label": "component_not_present",
                            "product_ids": ["debian-12:openssl"],
                        }
                    ],
                }
            ],
        }
    ).encode()


def test_csaf() -> None:
    (statement,) = read_vex(csaf(), "csaf.json")
    assert (statement.status, statement.author) == (VexStatus.NOT_AFFECTED, "Vendor")
    assert statement.justification == "component_not_present"
    assert silenced(csaf())
    assert not silenced(csaf("known_affected"))


def test_csaf_with_relationships_in_a_circle_names_nothing() -> None:
    circle = {
        "product_reference": "debian-12:openssl",
        "relates_to_product_reference": "debian-12:openssl",
        "full_product_name": {"product_id": "debian-12:openssl"},
    }
    assert not silenced(csaf(branches=[], relationships=[circle]))


def test_cyclonedx() -> None:
    purls = {f"ref-{one.name}": one.purl for one in FOUND.packages}
    document = {
        "bomFormat": "CycloneDX",
        "components": [
            {"bom-ref": reference, "purl": purl, "components": []}
            for reference, purl in purls.items()
        ],
        "vulnerabilities": [
            {
                "id": FOUND.vulnerability,
                "analysis": {"state": "false_positive", "detail": "checked"},
                "affects": [{"ref": reference} for reference in purls],
            }
        ],
    }
    assert silenced(json.dumps(document).encode())
    document["vulnerabilities"][0]["affects"].pop()  # type: ignore[index]
    assert not silenced(json.dumps(document).encode())
    linked = [{"ref": f"urn:cdx:1/1#{one.purl}"} for one in FOUND.packages]
    document["vulnerabilities"][0]["affects"] = linked  # type: ignore[index]
    assert silenced(json.dumps(document).encode())


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_vex_document_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidDocument, match=r"vex\.json"):
        read_vex(content, "vex.json")


def test_what_is_suppressed_already_stays_so() -> None:
    before = replace(FOUND, suppression=Suppression("policy", "noise"))
    statements = read_vex(openvex(said([{"@id": DIGEST}])), "vex.json")
    assert apply_vex([before], statements, IMAGE) == (before,)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=20,
)
FIELDS = (
    *("statements", "vulnerability", "products", "status", "subcomponents", "identifiers"),
    *("vulnerabilities", "product_tree", "branches", "relationships", "product_status", "flags"),
    *("components", "metadata", "analysis", "affects", "references", "full_product_names"),
)
HEADS: tuple[dict[str, Any], ...] = (
    {"@context": "https://openvex.dev/ns"},
    {"document": {"csaf_version": "2.0"}},
    {"bomFormat": "CycloneDX"},
)
NESTED = st.recursive(
    JSON,
    lambda inner: (
        st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5) | st.lists(inner, max_size=3)
    ),
    max_leaves=25,
)


@given(st.sampled_from(HEADS), st.dictionaries(st.sampled_from(FIELDS), NESTED, max_size=6))
def test_any_document_is_read_or_refused(head: dict[str, Any], body: dict[str, Any]) -> None:
    content = json.dumps(body | head).encode("utf-8", "replace")
    try:
        statements = read_vex(content, "vex.json")
    except BadInput:
        return
    apply_vex([FOUND], statements, IMAGE)
