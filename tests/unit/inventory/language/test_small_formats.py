"""Formats with one file a package: R, Perl, Bitnami; and Yarn's Plug'n'Play."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.inventory.package_formats import bitnami, cpan, cran, yarn_pnp
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from bedplate.inventory.package_format import PackageFormat

R = "usr/local/lib/R/site-library/rlang/DESCRIPTION"
PERL = "usr/local/lib/perl5/.meta/JSON-4.10/MYMETA.json"
SPDX = "opt/bitnami/node/.spdx-node.spdx"
PNP = "app/.pnp.cjs"


def read(entry: PackageFormat, path: str, content: bytes) -> list[Package | Skipped]:
    return list(entry.read(MemoryTree({path: content}, entry.WANTS, {path: 2})))


def test_an_r_package() -> None:
    content = b"Package: rlang\nVersion: 1.1.4\nTitle: Functions\n  for R\nLicense: MIT + file\n"
    assert read(cran, R, content) == [
        Package(
            "cran",
            "rlang",
            "1.1.4",
            licenses=("MIT + file",),
            purl="pkg:cran/rlang@1.1.4",
            location=R,
            layer=2,
        )
    ]
    base = b"Package: stats\nVersion: 4.4.1\nPriority: base\n"
    (one,) = read(cran, "usr/lib/R/library/stats/DESCRIPTION", base)
    assert isinstance(one, Package)
    assert one.bundled_in == "r"


def test_a_perl_distribution() -> None:
    document = {"name": "JSON", "version": "4.10", "license": ["perl_5"], "meta-spec": {}}
    (one,) = read(cpan, PERL, json.dumps(document).encode())
    assert isinstance(one, Package)
    assert (one.purl, one.licenses) == ("pkg:cpan/JSON@4.10", ("perl_5",))
    text = b"name: URI\nversion: 5.10\nlicense: perl\nmeta-spec:\n  version: 1.4\n"
    (one,) = read(cpan, "usr/src/URI/META.yml", text)
    assert isinstance(one, Package)
    assert one.version == "5.10"


def test_another_meta_json_is_none_of_perl_s() -> None:
    plain = {"name": "a", "version": "1"}
    extension = {**plain, "meta-spec": {"url": "https://pgxn.org/meta/spec.txt"}}
    for document in (plain, extension):
        assert read(cpan, "usr/share/other/META.json", json.dumps(document).encode()) == []


def test_a_component_of_bitnami_without_what_it_is_made_of() -> None:
    reference = {
        "referenceType": "purl",
        "referenceLocator": "pkg:bitnami/node@22.1.0-0?arch=amd64",
    }
    inner = {"referenceType": "purl", "referenceLocator": "pkg:npm/ini@5.0.0"}
    document = {
        "packages": [
            {
                "name": "node",
                "versionInfo": "22.1.0-0",
                "licenseDeclared": "MIT",
                "externalRefs": [reference],
            },
            {"name": "ini", "versionInfo": "5.0.0", "externalRefs": [inner]},
        ]
    }
    (one,) = read(bitnami, SPDX, json.dumps(document).encode())
    assert isinstance(one, Package)
    assert (one.type, one.name, one.version) == ("bitnami", "node", "22.1.0-0")
    assert one.purl == "pkg:bitnami/node@22.1.0-0?arch=amd64"


ROOT = '["app", [["workspace:.", {"packageLocation": "./"}]]],'
PACKAGES = """["@babel/core", [\\
      ["npm:7.26.0", {\\
        "packageLocation": "./.yarn/cache/x.zip/node_modules/@babel/core/",\\
        "packageDependencies": [\\
          ["@babel/core", "npm:7.26.0"],\\
          ["ms", "npm:2.1.3"]\\
        ],\\
      }],\\
      ["virtual:0123abc#npm:7.26.0", {\\
      }]\\
    ]],\\
    ["ms", [\\
      ["npm:2.1.2", {\\
      }],\\
      ["npm:2.1.3", {\\
      }]\\
    ]]\\
"""


def test_packages_of_a_plug_n_play_installation() -> None:
    content = f"const RAW_RUNTIME_STATE =\n'[{ROOT}{PACKAGES}]'".encode()
    found = read(yarn_pnp, PNP, content)
    assert [(one.name, one.version) for one in found if isinstance(one, Package)] == [
        ("@babel/core", "7.26.0"),
        ("ms", "2.1.2"),
        ("ms", "2.1.3"),
    ]


@pytest.mark.parametrize(
    ("entry", "path", "content"),
    [(cran, R, b""), (cpan, PERL, b"{"), (cpan, PERL, b'{"meta-spec": 1}'), (bitnami, SPDX, b"[")],
)
def test_what_names_no_package_is_said(entry: PackageFormat, path: str, content: bytes) -> None:
    (one,) = read(entry, path, content)
    assert isinstance(one, Skipped)
    assert one.what == path


@given(st.binary(max_size=120))
def test_any_bytes_are_read_or_said(content: bytes) -> None:
    for entry, path in ((cran, R), (cpan, PERL), (bitnami, SPDX), (yarn_pnp, PNP)):
        assert all(isinstance(one, Package | Skipped) for one in read(entry, path, content))
