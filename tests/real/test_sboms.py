"""SBOMs judged by syft: it takes ours in, and all that it writes of a folder reads alike."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rig.components import find
from rig.processes import run

from bedplate.inventory.sbom_reading import read_sbom
from bedplate.reporting.look import Look
from bedplate.reporting.render_sbom import SBOM_FORMAT_NAMES, render_sbom
from bedplate.testing.sample_facts import debian_sample
from bedplate.testing.sample_scan import sample_findings

if TYPE_CHECKING:
    from pathlib import Path

    from bedplate.model.sbom import Sbom

pytestmark = pytest.mark.real("syft")

_OS_RELEASE = 'ID=debian\nVERSION_ID="12"\nNAME="Debian GNU/Linux"\n'
_STATUS = """\
Package: libssl3
Status: install ok installed
Architecture: amd64
Source: openssl (3.0.15-1~deb12u1)
Version: 3.0.15-1~deb12u1+b1
Maintainer: A <a@b>

Package: bash
Status: install ok installed
Architecture: amd64
Version: 5.2-1
Maintainer: A <a@b>
"""


def syft(*words: str) -> str:
    program = find("syft")
    assert program is not None
    return run([program, *words, "-q"], env={"SYFT_CHECK_FOR_APP_UPDATE": "false", "HOME": "/tmp"})


@pytest.fixture(name="folder")
def fixture_folder(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    package = root / "app/node_modules/@s/x"
    for path in (root / "etc", root / "var/lib/dpkg", package):
        path.mkdir(parents=True)
    (root / "etc/os-release").write_text(_OS_RELEASE)
    (root / "var/lib/dpkg/status").write_text(_STATUS)
    manifest = {"name": "@s/x", "version": "1.2.3", "license": "MIT"}
    (package / "package.json").write_text(json.dumps(manifest))
    return root


def told(sbom: Sbom) -> set[tuple[str, ...]]:
    return {
        (one.type, one.name, one.version, one.source_name, one.source_version)
        for one in sbom.packages
    }


def test_all_formats_of_syft_read_alike(folder: Path) -> None:
    texts = {
        name: syft("scan", f"dir:{folder}", "-o", name)
        for name in ("syft-json", "cyclonedx-json", "spdx-json", "cyclonedx-json@1.2")
    }
    for text in texts.values():
        found = read_sbom(text.encode())
        packages = told(found)
        assert ("deb", "bash", "5.2-1", "", "") in packages
        ssl = ("libssl3", "3.0.15-1~deb12u1+b1", "openssl", "3.0.15-1~deb12u1")
        assert ("deb", *ssl) in packages
        assert found.distro is not None
        assert (found.distro.id, found.distro.version) == ("debian", "12")
        assert found.tool.startswith("syft 1.")


@pytest.mark.parametrize("name", SBOM_FORMAT_NAMES)
def test_syft_takes_ours_in_with_the_sources_of_packages(name: str, tmp_path: Path) -> None:
    packages = tuple(package for one in sample_findings() for package in one.packages)
    binary = replace(packages[0], version="3.0.17-1~deb12u3+b2", purl=packages[0].purl + "&x=y")
    facts = replace(debian_sample(), packages=(binary, *packages[1:]))
    file = tmp_path / "ours.json"
    file.write_text(render_sbom(facts, name, Look()))
    document = json.loads(syft("convert", str(file), "-o", "syft-json"))
    found = {(one["name"], one["version"]) for one in document["artifacts"]}
    assert {("libssl3", "3.0.17-1~deb12u3+b2"), ("tar", "6.2.1")} <= found
    [ssl] = [one for one in document["artifacts"] if one["name"] == "libssl3"]
    assert ssl["type"] == "deb"
    assert "upstream=openssl" in ssl["purl"]
