from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.licenses import _spdx as spdx_list

from bedplate.cli.commands import sbom as sbom_command
from bedplate.inventory.sbom_reading import read_sbom
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.reporting.licence_expression import SpdxLicences, licence
from bedplate.reporting.look import Look
from bedplate.reporting.render_sbom import SBOM_FORMAT_NAMES, render_sbom
from bedplate.testing.sample_facts import (
    alpine_sample,
    debian_sample,
    scratch_sample,
    unknown_sample,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.base_facts import BaseFacts

    Judge = Callable[[Any, str], list[str]]

SCHEMAS = {"cyclonedx": "cyclonedx/bom-1.6", "spdx": "spdx/2.3"}
EVIL = "evil\x1b]0;owned\x07\u202e\udcff|<b>&"


def filled() -> BaseFacts:
    """An image with packages of every kind that formats treat apart."""
    ssl = Package(
        "deb",
        "libssl3",
        "3.0.17-1+b1",
        "amd64",
        "openssl",
        "3.0.17-1",
        licenses=("Apache-2.0 OR MIT", "no licence of the list"),
        purl="pkg:deb/debian/libssl3@3.0.17-1%2Bb1?arch=amd64&distro=debian-12.12",
        location="var/lib/dpkg/status",
        layer=0,
        file_count=12,
        vendor="Debian OpenSSL Team",
    )
    npm = [
        Package(
            "npm",
            "@a/b",
            "1.0.0",
            licenses=("MIT",),
            purl="pkg:npm/%40a/b@1.0.0",
            location=f"{folder}/package.json",
            layer=1,
            bundled_in="npm@10.8.2",
        )
        for folder in ("x", "y")
    ]
    rpm = Package("rpm", "bash", "1:5-1", purl="pkg:rpm/redhat/bash@5-1?epoch=1")
    facts = debian_sample()
    # the same runtime at two places
    runtimes = (facts.runtimes or ()) * 2
    return replace(facts, packages=(npm[1], ssl, rpm, npm[0]), runtimes=runtimes)


def hostile() -> BaseFacts:
    package = Package(
        "npm",
        EVIL,
        EVIL,
        licenses=(EVIL, "LicenseRef-a", "(" * 400),
        purl="pkg:npm/x@1",
        location=EVIL,
        vendor=EVIL,
        source_name=EVIL,
    )
    return replace(
        debian_sample(),
        name=EVIL,
        reference=None,
        manifest_digest=None,
        index_digest=None,
        distro=DistroRelease(EVIL, EVIL, EVIL, EVIL),
        packages=(package, replace(package, version="2")),
    )


def write(facts: BaseFacts, name: str) -> Any:
    text = render_sbom(facts, name, Look())
    assert text.isascii()
    assert text.endswith("}\n")
    assert all(char.isprintable() or char == "\n" for char in text)
    return json.loads(text)


SAMPLES = [
    filled(),
    debian_sample(),
    alpine_sample(),
    unknown_sample(),
    scratch_sample(),
    hostile(),
]


@pytest.mark.parametrize("name", SBOM_FORMAT_NAMES)
@pytest.mark.parametrize("facts", SAMPLES, ids=lambda facts: facts.name.partition("\x1b")[0])
def test_sboms_are_valid_by_the_published_schemas(
    facts: BaseFacts, name: str, schema_errors: Judge
) -> None:
    assert schema_errors(write(facts, name), SCHEMAS[name]) == []


@pytest.mark.parametrize("name", SBOM_FORMAT_NAMES)
def test_the_same_image_gives_the_same_bytes_and_another_one_another_identifier(name: str) -> None:
    facts = filled()
    turned = replace(facts, packages=(facts.packages or ())[::-1])
    assert write(turned, name) == write(facts, name)
    other = write(replace(facts, packages=(facts.packages or ())[1:]), name)
    key = {"cyclonedx": "serialNumber", "spdx": "documentNamespace"}[name]
    assert write(facts, name)[key] != other[key]


@pytest.mark.parametrize("name", SBOM_FORMAT_NAMES)
def test_what_is_written_can_be_read_again(name: str) -> None:
    facts = filled()
    found = read_sbom(json.dumps(write(facts, name)).encode())
    assert (found.name, found.digest) == (facts.name, facts.manifest_digest)
    assert found.distro is not None
    assert (found.distro.id, found.distro.version) == ("debian", "12.12")
    assert [(one.name, one.version) for one in found.runtimes] == [("node", "20.19.5")]
    told = {
        (one.type, one.name, one.version, one.source_name, one.source_version, one.location)
        for one in found.packages
    }
    assert told == {
        (one.type, one.name, one.version, one.source_name, one.source_version, one.location)
        for one in facts.packages or ()
    }
    assert found.skipped == ()


@pytest.mark.parametrize("name", SBOM_FORMAT_NAMES)
def test_identifiers_are_unique_and_relations_lead_somewhere(name: str) -> None:
    document = write(filled(), name)
    if name == "cyclonedx":
        refs = [one["bom-ref"] for one in document["components"]]
        [dependency] = document["dependencies"]
        assert dependency["ref"] == document["metadata"]["component"]["bom-ref"]
        assert dependency["dependsOn"] == refs
    else:
        refs = [one["SPDXID"] for one in document["packages"]]
        ends = {one["relatedSpdxElement"] for one in document["relationships"]}
        assert ends == set(refs)
    assert len(refs) == len(set(refs))


def test_cyclonedx_says_layer_source_place_and_licence() -> None:
    document = write(filled(), "cyclonedx")
    [ssl] = [one for one in document["components"] if one["name"] == "libssl3"]
    facts = {one["name"]: one["value"] for one in ssl["properties"]}
    assert facts["bedplate:source_name"] == "openssl"
    assert facts["bedplate:layer_digest"] == "sha256:" + "a" * 64
    assert facts["bedplate:files"] == "12"
    assert ssl["evidence"]["occurrences"] == [{"location": "var/lib/dpkg/status"}]
    assert (
        ssl["purl"].endswith("&upstream=openssl@3.0.17-1") or "upstream=openssl%40" in ssl["purl"]
    )
    assert {one["license"]["name"] for one in ssl["licenses"]} == {
        "Apache-2.0 OR MIT",
        "no licence of the list",
    }
    npm = [one for one in document["components"] if one["name"] == "@a/b"]
    assert [one["licenses"] for one in npm] == [[{"license": {"id": "MIT"}}]] * 2
    kinds = [one["type"] for one in document["components"][:2]]
    assert kinds == ["operating-system", "platform"]


def test_a_lone_expression_stands_as_such_in_cyclonedx() -> None:
    package = Package("npm", "x", "1", licenses=("mit or apache-2.0",))
    document = write(replace(filled(), packages=(package,)), "cyclonedx")
    assert document["components"][-1]["licenses"] == [{"expression": "MIT OR Apache-2.0"}]


def test_spdx_joins_licences_and_declares_those_off_the_list() -> None:
    document = write(filled(), "spdx")
    [ssl] = [one for one in document["packages"] if one["name"] == "libssl3"]
    assert ssl["licenseDeclared"] == "(Apache-2.0 OR MIT) AND LicenseRef-no-licence-of-the-list"
    [extracted] = document["hasExtractedLicensingInfos"]
    assert extracted["extractedText"] == "no licence of the list"
    assert ssl["sourceInfo"] == "built from source package openssl 3.0.17-1"
    assert "layer 0; files 12" in ssl["comment"]


def test_texts_that_look_alike_have_references_of_their_own() -> None:
    licences = SpdxLicences()
    first = licences.expression(("my licence!",))
    second = licences.expression(("my licence?",))
    assert first != second
    assert licences.expression(("my licence!",)) == first
    assert set(licences.extracted) == {first, second}
    assert licences.expression(()) == "NOASSERTION"


def test_every_licence_of_our_list_has_an_id_that_cyclonedx_knows(schema_errors: Judge) -> None:
    names = [one["id"] for one in spdx_list.LICENSES.values()]
    packages = tuple(Package("npm", f"p{n}", "1", licenses=(name,)) for n, name in enumerate(names))
    document = write(replace(filled(), packages=packages), "cyclonedx")
    assert schema_errors(document, SCHEMAS["cyclonedx"]) == []


@given(st.text(max_size=80))
def test_a_licence_is_an_expression_or_a_text(text: str) -> None:
    found = licence(text)
    assert found.text == text
    assert not found.expression or licence(found.expression).expression == found.expression


@given(st.text(alphabet="() ", max_size=600))
def test_brackets_without_end_are_no_expression(text: str) -> None:
    assert licence(text).expression == ""


def test_what_could_not_be_read_is_in_the_sbom() -> None:
    for name in SBOM_FORMAT_NAMES:
        assert "var/lib/broken.db" in json.dumps(write(debian_sample(), name))


def test_the_command_offers_every_format() -> None:
    assert sbom_command.FORMATS == SBOM_FORMAT_NAMES
