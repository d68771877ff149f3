"""Java archives: who they are, what is inside them, what was merged into them."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedplate.errors import BadInput, InvalidDocument
from bedplate.inventory.java_archive import archives, take_archives
from bedplate.inventory.package_formats import jar
from bedplate.inventory.zip_directory import read_member, zip_directory
from bedplate.model.package import Package
from bedplate.model.skipped import Skipped
from bedplate.testing.tree_builder import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Mapping


def archive(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def pom(group: str, artifact: str, version: str) -> dict[str, str]:
    text = f"#Created by Maven\nversion={version}\ngroupId={group}\nartifactId={artifact}\n"
    return {f"META-INF/maven/{group}/{artifact}/pom.properties": text}


def manifest(**attributes: str) -> dict[str, str]:
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in attributes.items()]
    return {"META-INF/MANIFEST.MF": "\r\n".join(["Manifest-Version: 1.0", *lines, ""])}


def read(path: str, content: bytes) -> list[Package | Skipped]:
    return list(jar.read(MemoryTree({path: content}, jar.WANTS, {path: 4})))


def named(found: list[Package | Skipped]) -> list[tuple[str, str, str]]:
    return [(one.name, one.version, one.section) for one in found if isinstance(one, Package)]


def test_an_archive_that_maven_built() -> None:
    content = archive({"a/B.class": b"", **pom("org.slf4j", "slf4j-api", "2.0.16")})
    assert read("app/lib/slf4j-api-2.0.16.jar", content) == [
        Package(
            "maven",
            "org.slf4j:slf4j-api",
            "2.0.16",
            purl="pkg:maven/org.slf4j/slf4j-api@2.0.16",
            location="app/lib/slf4j-api-2.0.16.jar",
            layer=4,
        )
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archives_in_archives_behind_a_script(method: int) -> None:
    inner = archive(pom("org.example", "deep", "3.0"))
    war = archive({"WEB-INF/lib/deep.jar": inner, **pom("org.example", "web", "2.0")}, method)
    content = archive({"BOOT-INF/lib/web.war": war, **pom("org.example", "app", "1.0")}, method)
    found = read("app.jar", b"#!/bin/sh\nexec java\n" + content)
    assert [(one.name, one.inside) for one in found if isinstance(one, Package)] == [
        ("org.example:app", ""),
        ("org.example:web", "BOOT-INF/lib/web.war"),
        ("org.example:deep", "BOOT-INF/lib/web.war!/WEB-INF/lib/deep.jar"),
    ]
    assert {one.location for one in found if isinstance(one, Package)} == {"app.jar"}


def test_archives_too_deep_in_one_another_are_said() -> None:
    content = archive(pom("org.example", "x", "1"))
    for _ in range(9):
        content = archive({"x.jar": content})
    found = read("x.jar", content)
    assert [one.reason for one in found if isinstance(one, Skipped)][-1].startswith("x.jar: too")


def test_what_was_merged_into_an_archive_is_marked() -> None:
    members = {
        **pom("com.google.guava", "guava", "33.0.0-jre"),
        **pom("org.example", "tool", "1.0"),
        **pom("io.netty", "netty-buffer", "4.1.0.Final"),
    }
    assert named(read("opt/tool-1.0-all.jar", archive(members))) == [
        ("org.example:tool", "1.0", ""),
        ("com.google.guava:guava", "33.0.0-jre", "shaded"),
        ("io.netty:netty-buffer", "4.1.0.Final", "shaded"),
    ]
    assert [section for *_, section in named(read("opt/other-2.jar", archive(members)))] == [
        "",
        "shaded",
        "shaded",
        "shaded",
    ]


@pytest.mark.parametrize(
    ("file_name", "attributes", "expected"),
    [
        (
            "spring-web-5.3.26.jar",
            {"Implementation_Title": "spring-web", "Automatic_Module_Name": "spring.web"},
            ("org.springframework:spring-web", "5.3.26"),
        ),
        (
            "spring-boot-starter-web-3.4.1.jar",
            {},
            ("org.springframework.boot:spring-boot-starter-web", "3.4.1"),
        ),
        (
            "plugin.jar",
            {
                "Implementation_Vendor_Id": "com.example",
                "Implementation_Title": "the-plugin",
                "Implementation_Version": "1.0.0",
            },
            ("com.example:the-plugin", "1.0.0"),
        ),
        (
            "jakarta.el-api-5.0.0.jar",
            {"Bundle_SymbolicName": "jakarta.el-api;singleton:=true", "Bundle_Version": "5.0.0"},
            ("jakarta.el:jakarta.el-api", "5.0.0"),
        ),
        (
            "failureaccess.jar",
            {"Bundle_SymbolicName": "com.google.guava.failureaccess", "Bundle_Version": "1.0.1"},
            ("com.google.guava:failureaccess", "1.0.1"),
        ),
        (
            "axis.jar",
            {"Implementation_Title": "Apache Axis", "Implementation_Version": "1.4 1855 April"},
            ("axis:axis", "1.4"),
        ),
        (
            "lib-1.2.jar",
            {"Implementation_Title": "Some words", "Implementation_Version": "1.2.7"},
            ("lib", "1.2.7"),
        ),
        ("commons-io-2.11.0.jar", {}, ("commons-io:commons-io", "2.11.0")),
        ("lib-1.2.3-SNAPSHOT.jar", {}, ("lib", "1.2.3-SNAPSHOT")),
    ],
)
def test_archives_without_pom_properties(
    file_name: str, attributes: dict[str, str], expected: tuple[str, str]
) -> None:
    (one,) = named(read(f"app/{file_name}", archive(manifest(**attributes))))
    assert one[:2] == expected


def test_lines_of_a_manifest_may_be_folded() -> None:
    text = "Bundle-SymbolicName: org.exa\r\n mple.part\r\nBundle-Version: 1.5\r\n"
    (one,) = named(read("part.jar", archive({"META-INF/MANIFEST.MF": text})))
    assert one[:2] == ("org.example:part", "1.5")


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"META-INF/MANIFEST.MF": "Implementation-Version: ${project.version}\n"},
        pom("org.example", "", "1.0"),
        pom("org.example", "a", "${revision}"),
    ],
)
def test_an_archive_that_tells_nothing_is_said(members: dict[str, str]) -> None:
    (one,) = read("app/app.jar", archive(members))
    assert one == Skipped("app/app.jar", "a Java archive that tells no name and version")


def test_what_is_no_archive_is_refused() -> None:
    with pytest.raises(InvalidDocument, match="not a zip archive"):
        take_archives(b"version https://git-lfs.example.org\n")


def test_a_member_that_grows_beyond_its_bound_is_said() -> None:
    content = archive({"META-INF/MANIFEST.MF": b"a" * 300_000, **pom("org.example", "a", "1")})
    (one,) = archives(take_archives(content))
    assert one.unread == ["META-INF/MANIFEST.MF: damaged, or too large"]
    assert one.poms == [("org.example", "a", "1")]


def test_an_archive_without_the_length_that_it_claims() -> None:
    content = bytearray(archive({"pom.properties": b"a" * 5000}))
    entry = content.rfind(b"PK\1\2")
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    (member,) = zip_directory(content, (b"pom.properties",))
    assert read_member(content, member, 100) is None


def test_an_archive_of_the_newer_format() -> None:
    content = archive({"a.class": b"", "last.jar": b"x"})
    end = content.rfind(b"PK\5\6")
    size, start = struct.unpack_from("<II", content, end + 12)
    record = struct.pack("<4sQ4xIIQQQQ", b"PK\6\6", 44, 0, 0, 2, 2, size, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    old = content[end : end + 8] + b"\xff" * 12 + content[end + 20 :]
    newer = content[:end] + record + locator + old
    assert zipfile.ZipFile(io.BytesIO(newer)).namelist() == ["a.class", "last.jar"]
    (member,) = zip_directory(newer, (b".jar",))
    assert read_member(newer, member, 10) == b"x"


WHOLE = archive({"a.jar": archive(pom("a.b", "c", "1")), **pom("a.b", "d", "2"), **manifest(X="y")})


@given(st.data())
def test_damaged_archives_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
        content = content or bytearray(b"P")
    try:
        found = list(archives(take_archives(content)))
    except BadInput:
        return
    assert found[0].inside == ""


@given(st.integers(0, len(WHOLE)))
def test_cut_off_archives_are_read_or_refused(cut: int) -> None:
    try:
        assert list(archives(take_archives(WHOLE[:cut])))
    except BadInput as error:
        assert "zip archive" in error.message  # noqa: PT017 - either outcome is fine
