"""Whatever a document holds, a format answers with values or with an error of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.advisories.advisory_formats import ADVISORY_FORMATS
from bedplate.advisories.build import format_of
from bedplate.errors import InvalidDocument

if TYPE_CHECKING:
    from bedplate.advisories.advisory_format import AdvisoryFormat

EVERY = bool
RELEASE = {"bookworm": {"status": "open", "repositories": {}, "urgency": "low"}}
SAMPLES: dict[str, bytes] = {
    "csaf-vex": json.dumps(
        {
            "document": {"csaf_version": "2.0", "tracking": {"id": "CVE-2024-10001"}},
            "product_tree": {"branches": [], "relationships": []},
            "vulnerabilities": [{"cve": "CVE-2024-10001", "product_status": {"fixed": ["a:b"]}}],
        }
    ).encode(),
    "debian-tracker": json.dumps({"curl": {"CVE-2024-10001": {"releases": RELEASE}}}).encode(),
    "secdb": json.dumps(
        {
            "distroversion": "v3.22",
            "packages": [{"pkg": {"name": "a", "secfixes": {"1-r0": ["CVE-2024-10001"]}}}],
        }
    ).encode(),
    "php-advisories": b"""title: A fault
cve: CVE-2024-10001
branches:
    1.x: {time: 2024-01-02, versions: ['>=1.0', '<1.2']}
reference: composer://a/b
""",
    "updateinfo": b"""<?xml version="1.0"?><updates><update type="security"><id>ALAS2023-2024-1</id>
<title>Amazon Linux 2023 - a</title><severity>Low</severity><references>
<reference id="CVE-2024-10001" type="cve"/></references><pkglist><collection>
<package name="a" version="1" release="2.amzn2023" epoch="0"/></collection></pkglist>
</update></updates>""",
    "kev": json.dumps(
        {
            "catalogVersion": "1",
            "vulnerabilities": [{"cveID": "CVE-2024-10001", "dateAdded": "2024-01-02"}],
        }
    ).encode(),
    "epss": b"#model_version:v1,score_date:2026-01-01\nCVE-2024-10001,0.1,0.2\n",
    "nvd": json.dumps(
        {
            "format": "NVD_CVE",
            "vulnerabilities": [{"cve": {"id": "CVE-2024-10001", "configurations": []}}],
        }
    ).encode(),
    "node-core": json.dumps(
        {
            "1": {
                "cve": ["CVE-2024-10001"],
                "vulnerable": "20.x",
                "patched": "^20.1.2",
                "affectedEnvironments": ["all"],
            }
        }
    ).encode(),
    "ruby-advisories": b"---\ngem: rack\ncve: 2024-10001\npatched_versions:\n- '>= 1.0'\n",
    "osv": json.dumps(
        {
            "id": "GHSA-1",
            "modified": "2024-01-01T00:00:00Z",
            "affected": [
                {
                    "package": {"ecosystem": "npm", "name": "tar"},
                    "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}],
                }
            ],
        }
    ).encode(),
}


def read(format_: AdvisoryFormat, content: bytes) -> list[Any]:
    try:
        return list(format_.records("a.yml", content, EVERY))
    except InvalidDocument:
        return []


def test_every_format_claims_its_own_documents_and_no_other() -> None:
    assert {format_.NAME for format_ in ADVISORY_FORMATS} == set(SAMPLES)
    for name, content in SAMPLES.items():
        ending = "yml" if name in ("ruby-advisories", "php-advisories") else "json"
        found = format_of(f"a.{ending}", content)
        assert found is not None
        assert name == found.NAME
        assert read(found, content)
        assert format_of("README.md", b"# About\n\n" + content) in (None, found)


@pytest.mark.parametrize("format_", ADVISORY_FORMATS, ids=lambda one: one.NAME)
@given(data=st.data())
def test_damaged_documents(format_: AdvisoryFormat, data: st.DataObject) -> None:
    content = bytearray(SAMPLES[format_.NAME])
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(content) - 1))
        content[position : position + data.draw(st.integers(0, 3))] = data.draw(
            st.binary(max_size=3)
        )
        content += b" " if not content else b""
    read(format_, bytes(content))


@pytest.mark.parametrize("format_", ADVISORY_FORMATS, ids=lambda one: one.NAME)
@given(content=st.binary(max_size=80))
def test_any_bytes(format_: AdvisoryFormat, content: bytes) -> None:
    read(format_, content)
    format_.claims("a.yml", content)


@pytest.mark.parametrize("format_", ADVISORY_FORMATS, ids=lambda one: one.NAME)
@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b'{"a":' * 100_000, b"", b"null", b"{}", b"[]"]
)
def test_deep_and_empty_documents(format_: AdvisoryFormat, content: bytes) -> None:
    read(format_, content)
