"""Java homes of any vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bedplate.runtimes.known import java

if TYPE_CHECKING:
    from collections.abc import Callable

    from bedplate.model.runtime import Runtime

    Files = dict[str, bytes | str]
    Find = Callable[[Files], tuple[Runtime, ...]]


def _release(**fields: str) -> bytes:
    return "".join(f'{name}="{value}"\n' for name, value in fields.items()).encode()


@pytest.mark.parametrize(
    ("fields", "title", "version", "product", "cycle"),
    [
        (
            {
                "IMPLEMENTOR": "Eclipse Adoptium",
                "JAVA_RUNTIME_VERSION": "25.0.3+9-LTS",
                "JAVA_VERSION": "25.0.3",
                "SEMANTIC_VERSION": "25.0.3+9",
            },
            "OpenJDK (Temurin)",
            "25.0.3+9",
            "eclipse-temurin",
            "25",
        ),
        (
            {
                "IMPLEMENTOR": "Debian",
                "JAVA_RUNTIME_VERSION": "17.0.15+6-Debian-1deb12u1",
                "JAVA_VERSION": "17.0.15",
            },
            "OpenJDK (Debian)",
            "17.0.15+6",
            "",
            "",
        ),
        (
            {"IMPLEMENTOR": "Amazon.com Inc.", "JAVA_VERSION": "21.0.5"},
            "OpenJDK (Corretto)",
            "21.0.5",
            "amazon-corretto",
            "21",
        ),
        (
            {"IMPLEMENTOR": "Temurin", "JAVA_VERSION": "1.8.0_402"},
            "OpenJDK (Temurin)",
            "1.8.0_402",
            "eclipse-temurin",
            "8",
        ),
        (
            {"IMPLEMENTOR": "Oracle Corporation", "JAVA_VERSION": "21"},
            "OpenJDK",
            "21",
            "",
            "",
        ),
        (
            {
                "IMPLEMENTOR": "Oracle Corporation",
                "JAVA_VERSION": "21.0.4",
                "BUILD_TYPE": "commercial",
            },
            "Oracle JDK",
            "21.0.4",
            "oracle-jdk",
            "21",
        ),
        ({"JAVA_VERSION": "11.0.2"}, "OpenJDK", "11.0.2", "", ""),
        ({"IMPLEMENTOR": "x" * 100, "JAVA_VERSION": "nonsense"}, "OpenJDK", "", "", ""),
    ],
)
def test_vendors(
    find: Find, fields: dict[str, str], title: str, version: str, product: str, cycle: str
) -> None:
    home = "opt/java/openjdk"
    (runtime,) = find({f"{home}/release": _release(**fields), f"{home}/bin/java": b"\x7fELF"})

    assert (runtime.title, runtime.version) == (title, version)
    assert (runtime.eol_product, runtime.eol_cycle) == (product, cycle)
    assert (runtime.path, runtime.evidence) == (f"{home}/bin/java", f"{home}/release")
    assert runtime.roots == (home,)


def test_a_kit_of_java_8_holds_a_runtime_and_counts_once(find: Find) -> None:
    kit = "usr/lib/jvm/java-8-openjdk"
    (runtime,) = find(
        {
            f"{kit}/release": _release(JAVA_VERSION="1.8.0_402"),
            f"{kit}/bin/java": b"\x7fELF",
            f"{kit}/jre/release": _release(JAVA_VERSION="1.8.0_402"),
            f"{kit}/jre/bin/java": b"\x7fELF",
            "lib/apk/db/installed": b"P:openjdk8",
        }
    )

    assert runtime.roots == (kit,)
    assert runtime.packaged


def test_without_a_release_file_the_folder_tells(find: Find) -> None:
    (runtime,) = find({"usr/lib/jvm/java-17-openjdk/bin/java": b"\x7fELF"})

    assert (runtime.version, runtime.evidence) == ("17", "usr/lib/jvm/java-17-openjdk/bin/java")


@pytest.mark.parametrize(
    "files",
    [
        {"srv/app/release": b"v1.2.3\n"},
        {"release": _release(JAVA_VERSION="17")},
        {"usr/bin/java": "../lib/jvm/java-17/bin/java"},
        {"srv/tool/bin/java": b"\x7fELF"},
    ],
)
def test_what_is_no_home(find: Find, files: Files) -> None:
    assert find(files) == ()


@pytest.mark.parametrize(
    ("version", "cycle"), [("17.0.15+6", "17"), ("1.8.0_402", "8"), ("8u402", "8"), ("", "")]
)
def test_cycle(version: str, cycle: str) -> None:
    assert java.cycle(version) == cycle
