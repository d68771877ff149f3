"""Which products and cycles a tag names."""

from __future__ import annotations

import pytest

from bedplate.distros.codenames import codename_of, release_of
from bedplate.facts.end_of_life import load_table
from bedplate.tags import parse
from bedplate.tags.products import named_cycles, product_of


def in_table(product: str, cycle: str) -> bool:
    known = load_table().products.get(product)
    return known is not None and cycle in known.cycles


@pytest.mark.parametrize(
    ("repository", "tag", "named"),
    [
        ("node", "20.11.1-bookworm", [("nodejs", "20"), ("debian", "12")]),
        ("docker.io/library/python", "3.12-slim-trixie", [("python", "3.12"), ("debian", "13")]),
        ("python", "3", []),
        ("node", "iron-alpine3.20", [("nodejs", "20"), ("alpine-linux", "3.20")]),
        ("eclipse-temurin", "8u422-b05-jdk", [("eclipse-temurin", "8")]),
        ("ubuntu", "24.04", [("ubuntu", "24.04")]),
        ("ubuntu", "noble-20240423", [("ubuntu", "24.04")]),
        ("alpine", "3.20.3", [("alpine-linux", "3.20")]),
        ("example.org/tool", "1.2-alpine3.20", [("alpine-linux", "3.20")]),
        ("Not A Name", "1.2", []),
    ],
)
def test_runtime_and_distribution_are_named(
    repository: str, tag: str, named: list[tuple[str, str]]
) -> None:
    assert list(named_cycles(parse(repository, tag), in_table)) == named


def test_a_name_with_and_without_its_registry_is_the_same_repository() -> None:
    assert product_of("node") == product_of("docker.io/library/node") == "nodejs"
    assert product_of("example.org/node") == ""


def test_every_known_release_of_debian_and_ubuntu_has_a_code_name() -> None:
    for distro in ("debian", "ubuntu"):
        for release in load_table().products[distro].cycles:
            assert release_of(codename_of(distro, release)) == (distro, release)
