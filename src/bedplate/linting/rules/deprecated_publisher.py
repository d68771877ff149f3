"""An image comes from a publisher that does not update it any more.

It gets no security fixes.

Fix: take the successor that the message names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bedplate.linting.image_text import read_image
from bedplate.linting.rule import Hit
from bedplate.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bedplate.linting.linted_file import LintedFile

SEVERITY = Severity.WARNING
TWINS: tuple[str, ...] = ()
BAD = (
    "FROM openjdk:17\n",
    "FROM k8s.gcr.io/pause:3.9\n",
)
GOOD = (
    "FROM eclipse-temurin:17\n",
    "FROM registry.k8s.io/pause:3.9\n",
)

# By name, or by the start of the name; as the publishers announced.
_ENDED = {
    "openjdk": "eclipse-temurin is its successor",
    "java": "eclipse-temurin is its successor",
    "adoptopenjdk": "eclipse-temurin is its successor",
    "centos": "almalinux and rockylinux are its successors",
    "k8s.gcr.io/": "registry.k8s.io is its successor",
    "gcr.io/google-containers/": "registry.k8s.io is its successor",
    "circleci/": "cimg/ is its successor",
    "jboss/": "quay.io/wildfly and quay.io/keycloak are its successors",
    "microsoft/dotnet": "mcr.microsoft.com/dotnet is its successor",
}


def check(file: LintedFile) -> Iterator[Hit]:
    """Find images of publishers that are known to have stopped."""
    for value in file.bases:
        if file.parents[value.stage] >= 0 or not value.text:
            continue
        name = read_image(value.text).name.removeprefix("docker.io/").removeprefix("library/")
        for start, successor in _ENDED.items():
            if name == start or (start.endswith("/") and name.startswith(start)):
                span = file.stages[value.stage].base.span
                message = f"{name} is not updated any more; {successor}"
                yield Hit(file.origin(value.stage), message, span)
