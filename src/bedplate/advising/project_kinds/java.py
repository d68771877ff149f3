"""Java: Maven or Gradle. The final image has a runtime and the jar.

Sources: Maven's POM reference (maven.compiler.release), Gradle's toolchains; the Dockerfiles of
adoptium/containers and of gcr.io/distroless/java*.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bedplate.advising.recipe import Recipe
from bedplate.advising.source_needs import JAVA
from bedplate.advising.versions_of_tools import found_versions, tool_versions
from bedplate.model.image_family import ImageFamily
from bedplate.model.needs import Evidence, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.advising.project_files import ProjectFiles
    from bedplate.model.needs import Need, Needs

NAME, TITLE, PRODUCT = "java", "Java", "eclipse-temurin"
DEFAULT_VERSION = "21"
REPOSITORIES = ("eclipse-temurin", "openjdk", "amazoncorretto")
WANTED = (
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "settings.gradle",
    "settings.gradle.kts",
    "gradlew",
    "mvnw",
    "gradle.lockfile",
    ".java-version",
    ".sdkmanrc",
)
SUFFIXES = (".java", ".kt")
SIGNS = JAVA
_PLAIN_VERSION = re.compile(r"^\s*(?:1\.)?(\d+)", re.MULTILINE)
_SDKMAN = re.compile(r"^\s*java\s*=\s*(\d+)", re.MULTILINE)
_MAVEN = re.compile(
    r"<(?:maven\.compiler\.(?:release|target|source)|java\.version|release)>\s*(?:1\.)?(\d+)\s*<"
)
_GRADLE = re.compile(
    r"(?:JavaLanguageVersion\.of\(\s*|jvmToolchain\(\s*|(?:source|target)Compatibility\s*=\s*"
    r"(?:JavaVersion\.VERSION_)?['\"]?(?:1[._])?)(\d+)"
)
_GRADLE_FILES = ("build.gradle.kts", "build.gradle")
_JDK = ("eclipse-temurin:{version}-jdk", "eclipse-temurin:{version}-jdk-noble")
_FULL = ("eclipse-temurin:{version}", *_JDK)
_MAVEN_IMAGES = ("maven:3.9-eclipse-temurin-{version}",)
_GRADLE_IMAGES = ("gradle:8-jdk{version}",)
_FAMILIES = (
    ImageFamily("full", _FULL, "ubuntu", builder=_JDK),
    ImageFamily("jre", ("eclipse-temurin:{version}-jre",), "ubuntu", builder=_JDK),
    ImageFamily(
        "jre alpine",
        ("eclipse-temurin:{version}-jre-alpine",),
        "alpine",
        "musl",
        manager="apk",
        builder=_JDK,
    ),
    ImageFamily(
        "distroless",
        ("gcr.io/distroless/java{version}-debian13:nonroot",),
        shell=False,
        manager="",
        builder=_JDK,
        user="65532",
        entrypoint="java -jar",
    ),
)


def recognises(files: ProjectFiles) -> bool:
    """Tell whether Maven or Gradle builds it."""
    return files.has("pom.xml", *_GRADLE_FILES)


def versions(files: ProjectFiles) -> Iterator[tuple[str, Evidence]]:
    """Read .java-version, SDKMAN's file, and what Maven or Gradle compile for."""
    yield from found_versions(files, ".java-version", _PLAIN_VERSION)
    yield from found_versions(files, ".sdkmanrc", _SDKMAN)
    yield from tool_versions(files, "java")
    yield from found_versions(files, "pom.xml", _MAVEN)
    for path in _GRADLE_FILES:
        yield from found_versions(files, path, _GRADLE)


def needs(_files: ProjectFiles) -> Iterator[Need]:
    """Ask for nothing: sources, locks and the Dockerfile tell it all."""
    yield from ()


def start(files: ProjectFiles) -> Start:
    """Start the jar."""
    path = files.first("pom.xml", *_GRADLE_FILES)
    return Start(("java", "-jar", "app.jar"), Evidence(path)) if path else Start()


def families(files: ProjectFiles, _image: str) -> tuple[ImageFamily, ...]:
    """Give those of Temurin and distroless; without a wrapper they are built in a tool's image."""
    if files.has("mvnw", "gradlew"):
        return _FAMILIES
    builder = _GRADLE_IMAGES if files.first(*_GRADLE_FILES) else _MAVEN_IMAGES
    return tuple(replace(family, builder=builder) for family in _FAMILIES)


def recipe(files: ProjectFiles, _wanted: Needs, family: ImageFamily) -> Recipe:
    """Build by the project's own wrapper where there is one, and keep the jar."""
    if files.first(*_GRADLE_FILES):
        tool = "./gradlew" if files.has("gradlew") else "gradle"
        build, folder = f"{tool} --no-daemon assemble", "build/libs"
    else:
        tool = "./mvnw" if files.has("mvnw") else "mvn"
        build, folder = f"{tool} --batch-mode -DskipTests package", "target"
    others = "! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar'"
    keep = f"find {folder} -maxdepth 1 -name '*.jar' {others} -exec cp {{}} /out/app.jar ';'"
    return Recipe(
        build=(build, "mkdir /out", keep),
        folder="/src",
        copies=(("/out/app.jar", "/app.jar"),),
        command=("/app.jar",) if family.entrypoint else ("java", "-jar", "/app.jar"),
        ignored=("target", "build", ".gradle"),
    )
