"""Java: development kits and runtime environments of any vendor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.model.runtime import Runtime
from bedplate.model.want import KIB, Want
from bedplate.runtimes.installation import is_packaged, kept, prefix_of, program, programs
from bedplate.runtimes.version_text import leading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.model.image_config import ImageConfig
    from bedplate.model.tree import Tree

NAME = "java"
TITLE = "OpenJDK"
EOL_PRODUCT = ""  # every vendor has its own

_RELEASE = "**/release"
_PROGRAM = "**/bin/java"
_FIELD = re.compile(r'^([A-Z_]{1,40})="?([^"\n]{0,200})"?\s{0,4}$', re.MULTILINE)
_FULL = re.compile(r"\d{1,3}(?:\.\d{1,5}){0,4}\+\d{1,4}")
_PLAIN = re.compile(r"\d{1,3}(?:\.\d{1,5}){0,4}(?:_\d{1,4})?")
_FOLDER = re.compile(r"(?:java|jdk|jre|openjdk|temurin|zulu|corretto)-?(1\.\d|\d{1,3})")
_VARIABLE = re.compile(r"(?:jdk-?|v)?(\d{1,3}(?:u\d{1,4}|(?:\.\d{1,5})*)(?:[+_]\d{1,4})?).{0,40}")

# What IMPLEMENTOR begins with -> name of the build, key in the end-of-life table. Builds
# of distributions live as long as the distribution's release.
_VENDORS = (
    ("Eclipse Adoptium", "Temurin", "eclipse-temurin"),
    ("Eclipse Foundation", "Temurin", "eclipse-temurin"),
    ("Temurin", "Temurin", "eclipse-temurin"),
    ("Amazon", "Corretto", "amazon-corretto"),
    ("Azul", "Zulu", ""),
    ("BellSoft", "Liberica", ""),
    ("Microsoft", "Microsoft", ""),
    ("IBM", "Semeru", ""),
    ("International Business Machines", "Semeru", ""),
    ("SAP", "SapMachine", ""),
    ("GraalVM", "GraalVM", ""),
    ("Red Hat", "Red Hat", ""),
    ("Alibaba", "Dragonwell", ""),
    ("Tencent", "Kona", ""),
)

WANTS: tuple[Want, ...] = (Want(_RELEASE, 64 * KIB, head=True), *program(_PROGRAM))


def find(tree: Tree, /) -> Iterator[Runtime]:
    """Yield every Java home: a `release` file, or `bin/java` in a folder with a telling name."""
    homes: set[str] = set()
    for path in sorted(kept(tree, _RELEASE), key=lambda path: (path.count("/"), path)):
        home = path.rpartition("/")[0]
        fields = dict(_FIELD.findall((tree.read(path) or b"").decode("utf-8", "replace")))
        if not home or "JAVA_VERSION" not in fields or _is_inner(home, homes):
            continue
        homes.add(home)
        title, product = _vendor(fields)
        yield _runtime(tree, home, _version(fields), path, title, product)
    for command in programs(tree, _PROGRAM):
        home = prefix_of(command)
        match = _FOLDER.search(home)
        if match and home not in homes and not _is_inner(home, homes):
            homes.add(home)
            yield _runtime(tree, home, match.group(1), command, TITLE, "")


def _is_inner(home: str, homes: set[str]) -> bool:
    """Tell whether it is the runtime that a kit of Java 8 holds."""
    return home.endswith("/jre") and home.removesuffix("/jre") in homes


def _runtime(
    tree: Tree, home: str, version: str, evidence: str, title: str, product: str
) -> Runtime:
    return Runtime(
        NAME,
        title,
        version,
        f"{home}/bin/java" if tree.get(f"{home}/bin/java") else home,
        evidence,
        roots=(home,),
        eol_product=product,
        packaged=is_packaged(tree, home),
    )


def _version(fields: dict[str, str]) -> str:
    for name, pattern in (
        ("SEMANTIC_VERSION", _FULL),
        ("JAVA_RUNTIME_VERSION", _FULL),
        ("JAVA_VERSION", _PLAIN),
    ):
        match = pattern.match(fields.get(name, ""))
        if match:
            return match.group()
    return ""


def _vendor(fields: dict[str, str]) -> tuple[str, str]:
    implementor = fields.get("IMPLEMENTOR", "")
    if implementor.startswith("Oracle"):
        if fields.get("BUILD_TYPE") == "commercial":
            return "Oracle JDK", "oracle-jdk"
        return TITLE, ""
    for beginning, name, product in _VENDORS:
        if implementor.startswith(beginning):
            return f"OpenJDK ({name})", product
    known = implementor not in ("", "N/A") and len(implementor) < 40 and implementor.isprintable()
    return (f"OpenJDK ({implementor})" if known else TITLE), ""


def from_config(config: ImageConfig, /) -> Runtime | None:
    """Trust `JAVA_VERSION`, written `jdk-21.0.3+9`, `jdk8u402-b06` or `17.0.2`."""
    match = _VARIABLE.fullmatch((config.variable("JAVA_VERSION") or "").strip())
    if match is None:
        return None
    return Runtime(NAME, TITLE, match.group(1), evidence="config: JAVA_VERSION")


def cycle(version: str, /) -> str:
    """Give `17` of `17.0.15+6` and `8` of `1.8.0_402`."""
    return leading(version.removeprefix("1."), 1)
