""".NET packages: what applications bring along, and what projects reference and lock."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput
from bedplate.inventory.lock_formats import (
    nuget_assets,
    nuget_lock,
    nuget_references,
    paket_lock,
)
from bedplate.inventory.package_formats import dotnet
from bedplate.inventory.xml_document import xml_document
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

PATH = "app/web.deps.json"
TARGET = ".NETCoreApp,Version=v9.0"
LIBRARIES = {
    "Web/1.0.0": {"type": "project"},
    "Newtonsoft.Json/13.0.3": {"type": "package"},
    "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/9.0.1": {"type": "runtimepack"},
    "Analyzers/3.0.0": {"type": "package"},
    "Nameless": {"type": "package"},
}
TARGETS = {
    "Web/1.0.0": {"runtime": {"Web.dll": {}}},
    "Newtonsoft.Json/13.0.3": {"runtime": {"lib/Newtonsoft.Json.dll": {}}},
    "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/9.0.1": {"native": {"libclr.so": {}}},
    "Analyzers/3.0.0": {},
}
DOCUMENT = {
    "runtimeTarget": {"name": TARGET},
    "targets": {TARGET: TARGETS},
    "libraries": LIBRARIES,
}


def read(content: bytes) -> list[Package | Skipped]:
    return list(dotnet.read(MemoryTree({PATH: content}, dotnet.WANTS, {PATH: 1})))


def named(found: list[Package | Skipped]) -> list[tuple[str, str]]:
    return [(one.name, one.version) for one in found if isinstance(one, Package)]


def test_what_an_application_loads() -> None:
    found = read(json.dumps(DOCUMENT).encode())
    assert named(found) == [
        ("Web", "1.0.0"),
        ("Newtonsoft.Json", "13.0.3"),
        ("Microsoft.NETCore.App.Runtime.linux-x64", "9.0.1"),
    ]
    assert found[1] == Package(
        "nuget",
        "Newtonsoft.Json",
        "13.0.3",
        purl="pkg:nuget/Newtonsoft.Json@13.0.3",
        location=PATH,
        layer=1,
    )


def test_without_targets_every_library_counts() -> None:
    found = read(json.dumps({"libraries": LIBRARIES}).encode())
    assert ("Analyzers", "3.0.0") in named(found)


@given(st.binary(max_size=60), st.integers(0, 400))
def test_any_bytes_are_read_or_said(content: bytes, cut: int) -> None:
    found = read(json.dumps(DOCUMENT).encode()[:cut] + content)
    assert all(isinstance(one, Package | Skipped) for one in found)


def test_lock_files() -> None:
    lock = {
        "version": 1,
        "dependencies": {
            "net8.0": {
                "A": {"type": "Direct", "resolved": "1.0.0"},
                "B": {"type": "Transitive", "resolved": "2.0.0"},
                "own": {"type": "Project"},
            },
            "net9.0": {"A": {"type": "Direct", "resolved": "1.0.0"}},
        },
    }
    found = list(nuget_lock.parse("packages.lock.json", json.dumps(lock).encode()))
    assert [(one.name, one.version, one.direct) for one in found] == [
        ("A", "1.0.0", True),
        ("B", "2.0.0", False),
    ]
    assets = {"libraries": {"A/1.0.0": {"type": "package"}, "own/1.0.0": {"type": "project"}}}
    restored = list(nuget_assets.parse("project.assets.json", json.dumps(assets).encode()))
    assert [one.purl for one in restored] == ["pkg:nuget/A@1.0.0"]
    paket = b"NUGET\n  remote: r\n    A (1.0) - a: b\n      B (>= 2)\nGITHUB\n    c (1)\n"
    assert [one.name for one in paket_lock.parse("paket.lock", paket)] == ["A"]


def test_references_with_a_version() -> None:
    project = b"""<?xml version="1.0" encoding="utf-16"?>
    <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ItemGroup>
      <PackageReference Include="A" Version=" 1.0.0 " />
      <PackageVersion Include="B"><Version>[2.0]</Version></PackageVersion>
      <PackageReference Include="Range" Version="[1.0,2.0)" />
      <PackageReference Include="Variable" Version="$(Some)" />
      <PackageReference Include="$(Name)" Version="1.0" />
      <PackageReference Include="None" />
    </ItemGroup></Project>"""
    found = list(nuget_references.parse("a.csproj", project))
    assert [(one.name, one.version) for one in found] == [("A", "1.0.0"), ("B", "2.0")]
    config = b'<packages><package id="C" version="3.0" developmentDependency="true"/></packages>'
    (one,) = nuget_references.parse("packages.config", config)
    assert (one.name, one.development) == ("C", True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        b"<a>" * 200 + b"</a>" * 200,
        b"\xff\xfe<",
        b"<html></html>",
    ],
)
def test_what_is_no_project_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"^a\.csproj: "):
        list(nuget_references.parse("a.csproj", content))


@given(st.text(max_size=60))
def test_any_text_is_xml_or_refused(text: str) -> None:
    try:
        assert xml_document("a.xml", f"<a>{text}</a>".encode()).tag == "a"
    except BadInput as error:
        assert error.message.startswith("a.xml: ")  # noqa: PT017 - either outcome is fine
