"""The box of an image that only the catalog knows."""

from __future__ import annotations

from dataclasses import replace

from bedplate.flows.known_parts import with_known_parts
from bedplate.model.base_facts import BaseFacts
from bedplate.model.distro_release import DistroRelease
from bedplate.model.package import Package
from bedplate.model.runtime import Runtime, Tool

ALPINE = BaseFacts(
    "node:20-alpine",
    disk_size=1000,
    disk_size_precision=10,
    distro=DistroRelease("alpine", "Alpine Linux", "3.24.2"),
    packages=(
        Package("apk", "musl", "1", installed_size=300),
        Package("apk", "apk-tools", "1", installed_size=100),
    ),
    runtimes=(Runtime("node", "Node.js", "20.20.2", bundled=(Tool("npm", "10"), Tool("yarn"))),),
)


def shares(facts: BaseFacts) -> list[tuple[str, str, int | None]] | None:
    return facts.parts and [(part.key, part.label, part.disk_size) for part in facts.parts]


def test_packages_have_their_sizes_and_the_rest_is_the_runtime() -> None:
    assert shares(with_known_parts(ALPINE)) == [
        ("os", "Alpine Linux 3.24.2", 300),
        ("runtime", "Node.js 20.20.2 with npm 10, yarn", 600),
        ("package-manager", "apk itself", 100),
    ]


def test_without_a_runtime_the_rest_is_nobody_s() -> None:
    parts = shares(with_known_parts(replace(ALPINE, runtimes=()))) or []
    assert ("other", "Other files", 600) in parts


def test_sizes_that_are_not_known_make_no_parts() -> None:
    unsaid = (*(ALPINE.packages or ()), Package("deb", "bash", "1"))
    for facts in (
        replace(ALPINE, packages=unsaid),
        replace(ALPINE, packages=()),
        replace(ALPINE, disk_size=None),
        replace(ALPINE, disk_size=399),
    ):
        assert with_known_parts(facts).parts is None
