from __future__ import annotations

import contextlib
import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidDocument, LimitExceeded
from bedplate.inventory import sbom_document
from bedplate.inventory.sbom_reading import read_sbom
from bedplate.model.sbom import Sbom

if TYPE_CHECKING:
    from bedplate.model.package import Package

SSL = "pkg:deb/debian/libssl3@3.0.15-1~deb12u1%2Bb1?arch=amd64&distro=debian-12.8"
DIGEST = "sha256:" + "a" * 64


def cyclonedx(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "metadata": {
            "timestamp": "2026-01-02T03:04:05Z",
            "tools": [{"vendor": "aquasecurity", "name": "trivy", "version": "0.60.0"}],
            "component": {
                "type": "container",
                "name": "team/app:1",
                "purl": f"pkg:oci/app@{DIGEST.replace(':', '%3A')}?arch=amd64",
            },
        },
        "components": list(components),
        **more,
    }


def spdx(*packages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "team/app:1",
        "creationInfo": {
            "created": "2026-01-02T03:04:05Z",
            "creators": ["Organization: Anchore, Inc", "Tool: syft-1.18.1"],
        },
        "packages": list(packages),
        **more,
    }


def spdx_package(name: str, purl: str, **more: Any) -> dict[str, Any]:
    reference = {"referenceType": "purl", "referenceLocator": purl}
    return {"SPDXID": f"SPDXRef-{name}", "name": name, "externalRefs": [reference], **more}


def syft(*artifacts: dict[str, Any]) -> dict[str, Any]:
    return {
        "artifacts": list(artifacts),
        "source": {
            "name": "app",
            "type": "image",
            "metadata": {"userInput": "team/app:1", "manifestDigest": DIGEST},
        },
        "distro": {"id": "alpine", "versionID": "3.22.1"},
        "descriptor": {"name": "syft", "version": "1.18.1", "timestamp": "2026-01-02T03:04:05Z"},
    }


def read(document: Any) -> Sbom:
    return read_sbom(json.dumps(document).encode())


def only(document: Any) -> Package:
    [package] = read(document).packages
    return package


def test_cyclonedx_by_trivy() -> None:
    names = {"SrcName": "openssl", "SrcVersion": "3.0.15", "SrcRelease": "1~deb12u1"}
    found = read(
        cyclonedx(
            {"type": "operating-system", "name": "debian", "version": "12.8"},
            {
                "type": "library",
                "name": "libssl3",
                "version": "3.0.15-1~deb12u1+b1",
                "purl": SSL,
                "supplier": {"name": "Debian OpenSSL Team"},
                "licenses": [{"license": {"name": "Apache-2.0"}}, {"expression": "MIT OR BSD"}],
                "properties": [
                    {"name": f"aquasecurity:trivy:{key}", "value": value}
                    for key, value in names.items()
                ],
            },
        )
    )
    assert (found.format, found.name, found.digest) == ("cyclonedx", "team/app:1", DIGEST)
    assert (found.tool, found.created) == ("trivy 0.60.0", "2026-01-02T03:04:05Z")
    assert found.skipped == ()
    [package] = found.packages
    assert (package.type, package.name, package.architecture) == ("deb", "libssl3", "amd64")
    assert package.version == "3.0.15-1~deb12u1+b1"
    assert (package.source_name, package.source_version) == ("openssl", "3.0.15-1~deb12u1")
    assert package.licenses == ("Apache-2.0", "MIT OR BSD")
    assert package.vendor == "Debian OpenSSL Team"
    assert found.distro is not None
    assert (found.distro.id, found.distro.version) == ("debian", "12.8")
    assert (found.distro.eol_product, found.distro.eol_cycle) == ("debian", "12")


def test_components_within_components_are_found_in_their_order() -> None:
    inner = {"name": "c", "version": "3", "purl": "pkg:npm/c@3"}
    outer = {"name": "b", "purl": "pkg:npm/b@2", "components": [inner]}
    document = cyclonedx({"name": "a", "purl": "pkg:npm/a@1"}, outer)
    document["metadata"]["component"]["components"] = [{"name": "d", "purl": "pkg:npm/d@4"}]
    assert [package.name for package in read(document).packages] == ["a", "b", "c", "d"]


def test_spdx_by_syft() -> None:
    ssl = f"{SSL}&upstream=openssl%403.0.15-1~deb12u1"
    found = read(
        spdx(
            spdx_package("libssl3", ssl, licenseDeclared="LicenseRef-x", supplier="Person: A"),
            {"SPDXID": "SPDXRef-DocumentRoot-Image-app", "name": "app", "versionInfo": DIGEST},
            {"SPDXID": "SPDXRef-2", "name": "debian", "versionInfo": "12.8"}
            | {"primaryPackagePurpose": "OPERATING-SYSTEM"},
            hasExtractedLicensingInfos=[{"licenseId": "LicenseRef-x", "extractedText": "Xlicence"}],
        )
    )
    assert (found.format, found.name, found.digest, found.tool) == (
        "spdx",
        "app",
        DIGEST,
        "syft 1.18.1",
    )
    [package] = found.packages
    assert (package.source_name, package.source_version) == ("openssl", "3.0.15-1~deb12u1")
    assert package.licenses == ("Xlicence",)
    assert package.vendor == "A"
    assert found.distro is not None
    assert found.distro.version == "12.8"


def test_spdx_by_trivy_names_sources_in_words() -> None:
    info = "built package from: zlib 1:1.2.13.dfsg-1"
    package = only(spdx(spdx_package("zlib1g", "pkg:deb/debian/zlib1g@1", sourceInfo=info)))
    assert (package.source_name, package.source_version) == ("zlib", "1:1.2.13.dfsg-1")


def test_spdx_3() -> None:
    graph = [
        {"type": "CreationInfo", "created": "2026-01-02T03:04:05Z"},
        {"type": "software_Package", "name": "app:1", "software_primaryPurpose": "container"},
        {"type": "software_Package", "name": "a", "software_packageUrl": "pkg:npm/a@1"},
        {
            "type": "software_Package",
            "name": "b",
            "software_packageVersion": "2",
            "externalIdentifier": [
                {"externalIdentifierType": "cpe23", "identifier": "cpe:2.3:a"},
                {"externalIdentifierType": "packageUrl", "identifier": "pkg:npm/b@2"},
            ],
        },
        {"type": "software_File", "name": "x"},
    ]
    context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
    found = read({"@context": context, "@graph": graph})
    assert [(one.name, one.version) for one in found.packages] == [("a", "1"), ("b", "2")]
    assert (found.name, found.created) == ("app:1", "2026-01-02T03:04:05Z")


def test_syft_json() -> None:
    found = read(
        syft(
            {
                "name": "libcrypto3",
                "version": "3.5.1-r0",
                "type": "apk",
                "purl": "pkg:apk/alpine/libcrypto3@3.5.1-r0?arch=x86_64&distro=alpine-3.22.1",
                "locations": [{"path": "/lib/apk/db/installed", "layerID": DIGEST}],
                "licenses": [{"value": "Apache-2.0", "spdxExpression": "Apache-2.0"}, "MIT"],
                "metadata": {"originPackage": "openssl", "files": [{"path": "/x"}]},
            },
            {"name": "node", "version": "20.1.0", "type": "binary"}
            | {"purl": "pkg:generic/node@20.1.0"},
        )
    )
    [package] = found.packages
    assert (package.source_name, package.source_version) == ("openssl", "3.5.1-r0")
    assert package.location == "lib/apk/db/installed"
    assert package.licenses == ("Apache-2.0", "MIT")
    assert (found.name, found.digest, found.tool) == ("team/app:1", DIGEST, "syft 1.18.1")
    [runtime] = found.runtimes
    assert (runtime.name, runtime.title, runtime.version) == ("node", "Node.js", "20.1.0")
    assert (runtime.eol_product, runtime.eol_cycle) == ("nodejs", "20")
    assert found.distro is not None
    assert found.distro.title == "Alpine Linux 3.22.1" or found.distro.id == "alpine"


@pytest.mark.parametrize(
    ("purl", "name", "version"),
    [
        ("pkg:npm/%40scope/x@1.2", "@scope/x", "1.2"),
        ("pkg:npm/@scope/x", "@scope/x", ""),
        ("pkg:golang/github.com/a/b@v1.0.0#sub/folder", "github.com/a/b", "v1.0.0"),
        ("pkg:maven/org.apache/commons@1.0", "org.apache:commons", "1.0"),
        ("pkg:composer/symfony/http@5", "symfony/http", "5"),
        ("pkg:pypi/jinja2@3.1.6", "Jinja2", "3.1.6"),
        ("pkg:rpm/redhat/openssl@3.0.7-1.el9?epoch=1", "openssl", "1:3.0.7-1.el9"),
        ("pkg:deb/debian/login@4.8.1-1?epoch=1", "login", "1:4.8.1-1"),
        ("pkg:deb/debian/login@1%3A4.8.1-1?epoch=1", "login", "1:4.8.1-1"),
        ("pkg:rpm/redhat/zlib@1.2-1.el9?epoch=0", "zlib", "1.2-1.el9"),
        ("pkg:cargo/serde@1.0.0", "serde", "1.0.0"),
        ("pkg:deb/debian/libstdc%2B%2B6@12.2.0-14", "libstdc++6", "12.2.0-14"),
    ],
)
def test_names_are_those_of_the_ecosystem(purl: str, name: str, version: str) -> None:
    package = only(cyclonedx({"name": name, "purl": purl}))
    assert (package.name, package.version) == (name, version)


@pytest.mark.parametrize(
    ("upstream", "source", "version"),
    [
        ("glibc", "glibc", "1:2-3"),
        ("glibc%402.36-9", "glibc", "2.36-9"),
        ("openssl-3.0.7-1.el9.src.rpm", "openssl", "3.0.7-1.el9"),
        ("gcc-toolset-12-2-3.src.rpm", "gcc-toolset-12", "1:2-3"),
    ],
)
def test_sources_from_the_qualifier_upstream(upstream: str, source: str, version: str) -> None:
    purl = f"pkg:rpm/redhat/x@2-3?epoch=1&upstream={upstream}"
    package = only(cyclonedx({"name": "x", "purl": purl}))
    assert (package.source_name, package.source_version) == (source, version)


def test_a_distribution_is_taken_from_what_most_packages_say() -> None:
    vendor = {"name": "x", "purl": "pkg:deb/docker/x@1?distro=ubuntu-22.04"}
    many = [{"name": f"p{n}", "purl": f"pkg:deb/debian/p{n}@1?distro=debian-12"} for n in range(3)]
    found = read(cyclonedx(vendor, *many)).distro
    assert found is not None
    assert (found.id, found.version, found.evidence) == ("debian", "12", "SBOM")
    red = {"name": "x", "purl": "pkg:rpm/redhat/x@1?distro=rhel-9.4"}
    found = read(cyclonedx(red)).distro
    assert found is not None
    assert found.id == "rhel"
    assert read(cyclonedx({"name": "x", "purl": "pkg:npm/x@1"})).distro is None


@pytest.mark.parametrize("name", ['x"\nID=evil', "x\x1b", "a" * 100, "naïve"])
def test_no_distribution_is_made_of_words_that_are_none(name: str) -> None:
    system = {"type": "operating-system", "name": name, "version": "1"}
    assert read(cyclonedx(system)).distro is None


def test_what_says_not_what_it_is_is_skipped_by_name_then_counted() -> None:
    nameless = [{"type": "library", "name": f"mystery{n}"} for n in range(100)]
    file = {"type": "file", "name": "/etc/passwd"}
    found = read(cyclonedx(*nameless, file, {"name": "bad", "purl": "npm:x"}))
    assert found.packages == ()
    assert found.skipped[0].what == "mystery0"
    assert found.skipped[-1].what == "81 more components"


@pytest.mark.parametrize("kind", ["https://spdx.dev/Document", "https://spdx.dev/Document/v2.3"])
def test_attested_documents_are_unwrapped(kind: str) -> None:
    statement = {
        "_type": "https://in-toto.io/Statement/v0.1",
        "predicateType": kind,
        "subject": [{"name": "pkg:docker/app@1", "digest": {"sha256": "b" * 64}}],
        "predicate": spdx(spdx_package("a", "pkg:npm/a@1")),
    }
    found = read(statement)
    assert [one.name for one in found.packages] == ["a"]
    assert found.digest == "sha256:" + "b" * 64
    envelope = {
        "payloadType": "application/vnd.in-toto+json",
        "payload": b64encode(json.dumps(statement).encode()).decode(),
        "signatures": [],
    }
    assert read(envelope) == found
    bom = {**statement, "predicateType": "https://cyclonedx.org/bom", "predicate": cyclonedx()}
    assert read(bom).format == "cyclonedx"


def test_wrappings_end() -> None:
    document: Any = spdx()
    for _ in range(5):
        document = {"predicateType": "https://spdx.dev/Document", "predicate": document}
    with pytest.raises(InvalidDocument, match="no SBOM of a known format"):
        read(document)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "object"),
        ({}, "no SBOM of a known format"),
        ({"predicateType": "https://slsa.dev/provenance/v1", "predicate": {}}, "no SBOM"),
        (cyclonedx({"name": 5}), r"components\[0\].name"),
        (cyclonedx({"name": "x", "licenses": "MIT"}), r"components\[...\].licenses|licenses"),
        (spdx({"name": "x", "externalRefs": {}}), "externalRefs"),
        (syft({"name": "x", "metadata": {}, "locations": 1}), "locations"),
        ({"artifacts": 7, "descriptor": {}}, "artifacts"),
        ({"payloadType": "application/vnd.in-toto+json", "payload": "!"}, "base64"),
        ({"payloadType": "application/vnd.in-toto+json"}, "payload"),
    ],
)
def test_what_breaks_a_format_is_named(document: Any, words: str) -> None:
    with pytest.raises(InvalidDocument, match=words):
        read(document)


def test_depth_size_and_count_have_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b'{"bomFormat":"CycloneDX","components":' + b'[{"components":' * 100_000
    with pytest.raises(InvalidDocument):
        read_sbom(deep)
    tail = b"[]" + b"}]" * 100_000 + b"}"
    with pytest.raises(InvalidDocument, match="nested too deeply"):
        read_sbom(deep + tail)
    small = json.dumps(cyclonedx(*[{"name": "x"}] * 9)).encode()
    with monkeypatch.context() as patch:
        patch.setattr(sbom_document, "MAX_COMPONENTS", 8)
        with pytest.raises(LimitExceeded, match="components"):
            read_sbom(small)
    monkeypatch.setattr(sbom_document, "MAX_BYTES", 10)
    with pytest.raises(LimitExceeded, match="larger"):
        read_sbom(small)


DOCUMENTS = [
    cyclonedx({"name": "libssl3", "purl": SSL, "properties": [{"name": "a", "value": "b"}]}),
    spdx(spdx_package("libssl3", SSL, sourceInfo="built package from: openssl 3")),
    syft({"name": "x", "version": "1", "purl": "pkg:npm/x@1", "metadata": {"source": "y"}}),
]


@pytest.mark.parametrize("document", DOCUMENTS, ids=["cyclonedx", "spdx", "syft"])
def test_a_document_cut_off_anywhere_is_refused_and_damage_is_no_crash(document: Any) -> None:
    content = json.dumps(document).encode()
    for length in range(len(content)):
        with pytest.raises(InvalidDocument):
            read_sbom(content[:length])
    for place in range(0, len(content), 3):
        damaged = content[:place] + b"\xff" + content[place + 1 :]
        with contextlib.suppress(BadInput):  # a field that is not read may hold anything
            assert isinstance(read_sbom(damaged), Sbom)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "purl",
                    "version",
                    "components",
                    "licenses",
                    "type",
                    "metadata",
                    "properties",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.sampled_from(DOCUMENTS), st.data())
@settings(max_examples=150)
def test_fields_of_any_shape_give_an_sbom_or_a_named_error(document: Any, data: Any) -> None:
    changed = {**document}
    for key in data.draw(st.lists(st.sampled_from(sorted(document)), max_size=3)):
        changed[key] = data.draw(values)
    try:
        found = read(changed)
    except BadInput:
        return
    assert isinstance(found, Sbom)


@given(st.text(max_size=60))
def test_any_package_url_is_read_or_skipped(text: str) -> None:
    found = read(cyclonedx({"name": "x", "purl": f"pkg:{text}"}))
    assert len(found.packages) + len(found.skipped) + len(found.runtimes) <= 1


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_a_line(content: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        read_sbom(content)
    assert "\n" not in caught.value.message


def test_a_module_inside_a_repository_has_its_whole_path() -> None:
    purl = "pkg:golang/github.com/golang-jwt/jwt@v4.5.2#v4"
    package = only(cyclonedx({"name": "github.com/golang-jwt/jwt/v4", "purl": purl}))
    assert (package.name, package.version) == ("github.com/golang-jwt/jwt/v4", "v4.5.2")
