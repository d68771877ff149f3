"""`pom.xml` of Maven: the project, and dependencies whose version stands in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bedplate.errors import InvalidDocument
from bedplate.inventory.language_package import language_package
from bedplate.inventory.lock_text import MAX_BYTES
from bedplate.inventory.merge import merge
from bedplate.inventory.xml_document import child_text, xml_document
from bedplate.model.skipped import Skipped
from bedplate.model.want import Want

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from bedplate.model.package import Package

NAME = "pom.xml"
WANTS: tuple[Want, ...] = (Want("**/pom.xml", MAX_BYTES), Want("**/*.pom", MAX_BYTES))

_PROPERTY = re.compile(r"\$\{\s*([\w.-]{1,200})\s*\}")
_VERSION = re.compile(r"\[?([0-9A-Za-z][^\s,${}()\[\]]{0,100})\]?")
_PROVIDED = frozenset({"provided", "system", "import"})
_MAX_ROUNDS = 8  # a property may be made of others
_MAX_LENGTH = 500


def parse(path: str, content: bytes) -> Iterator[Package | Skipped]:
    """Yield the project and its own dependencies; those of `test` are for development.

    What the place of work provides is left out: the project does not bring it along.
    Parents and what dependencies ask for stand in other files, so the list is not whole:
    dependencies without a version here are told as not examined.

    Args:
        path: of the file.
        content: of the file.

    Source: Maven, "POM Reference".
    """
    project = xml_document(path, content)
    if project.tag != "project":
        raise InvalidDocument(f"{path}: not a Maven project")
    properties = _properties(project)
    own = [_resolve(f"${{project.{key}}}", properties) for key in ("groupId", "artifactId")]
    version = _VERSION.fullmatch(_resolve("${project.version}", properties))
    if all(own) and version:
        yield language_package("maven", path, ":".join(own), version[1])
    managed = {
        _name(one, properties): child_text(one, "version")
        for one in project.iterfind("dependencyManagement/dependencies/dependency")
    }
    found: list[Package] = []
    for one in project.iterfind("dependencies/dependency"):
        scope = child_text(one, "scope")
        if scope in _PROVIDED:
            continue
        name = _name(one, properties)
        stated = _resolve(child_text(one, "version") or managed.get(name, ""), properties)
        pinned = _VERSION.fullmatch(stated)
        if not pinned:
            yield Skipped(f"{path}: {name}", "no version")
            continue
        development = scope == "test"
        found.append(
            language_package("maven", path, name, pinned[1], direct=True, development=development)
        )
    yield from merge(found)


def _name(dependency: Element, properties: Mapping[str, str]) -> str:
    parts = (child_text(dependency, key) for key in ("groupId", "artifactId"))
    return ":".join(_resolve(part, properties) for part in parts)


def _properties(project: Element) -> dict[str, str]:
    """Give the properties that a project sets, and those that it has by itself."""
    listed = project.find("properties")
    properties = {one.tag: (one.text or "").strip() for one in listed or ()}
    parent = project.find("parent")
    for key in ("groupId", "artifactId", "version"):
        inherited = "" if key == "artifactId" else child_text(parent, key)
        value = child_text(project, key) or inherited
        properties[f"project.{key}"] = properties[f"pom.{key}"] = value
        properties[f"project.parent.{key}"] = child_text(parent, key)
    return properties


def _resolve(text: str, properties: Mapping[str, str]) -> str:
    for _ in range(_MAX_ROUNDS):
        if "${" not in text or len(text) > _MAX_LENGTH:
            break
        text = _PROPERTY.sub(lambda match: properties.get(match[1], match[0]), text)
    return text[:_MAX_LENGTH]
